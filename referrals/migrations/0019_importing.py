"""Reports from files."""

from pathlib import Path

import django.db.models.deletion
import uuid
from django.db import migrations, models

from sharing_agreements.row_security import sql_file


class Migration(migrations.Migration):
    """Makes three tables, then runs sql/0019_importing.sql."""

    dependencies = [
        ("referrals", "0018_match_bands"),
        ("sharing_agreements", "0029_record_systems"),
        ("cases", "0009_quick_note"),
    ]

    operations = [
        migrations.CreateModel(
            name="ImportMapping",
            fields=[
                (
                    "agency",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        primary_key=True,
                        related_name="+",
                        serialize=False,
                        to="sharing_agreements.agency",
                    ),
                ),
                ("mapping", models.JSONField()),
                ("saved_at", models.DateTimeField()),
            ],
        ),
        migrations.CreateModel(
            name="ReportImport",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("digest", models.CharField(help_text="Of the file and its mapping.", max_length=64)),
                ("file_name", models.CharField(max_length=200)),
                ("mapping", models.JSONField()),
                ("started_at", models.DateTimeField()),
                ("ended_at", models.DateTimeField(null=True)),
                (
                    "done",
                    models.PositiveIntegerField(
                        default=0, help_text="Records of the file dealt with; it goes on there."
                    ),
                ),
                ("accepted", models.PositiveIntegerField(default=0)),
                ("here_already", models.PositiveIntegerField(default=0)),
                ("rejected", models.PositiveIntegerField(default=0)),
                (
                    "system",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="sharing_agreements.recordsystem",
                    ),
                ),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("system", "digest"), name="a_file_is_imported_once")],
            },
        ),
        migrations.CreateModel(
            name="ImportReject",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("line", models.PositiveIntegerField()),
                ("reason", models.CharField(max_length=200)),
                (
                    "run",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="rejects",
                        to="referrals.reportimport",
                    ),
                ),
            ],
            options={"ordering": ["line"]},
        ),
        sql_file(Path(__file__).parents[1] / "sql" / "0019_importing.sql"),
    ]
