"""Cover for any post."""

import uuid
from pathlib import Path

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from sharing_agreements.row_security import sql_file


class Migration(migrations.Migration):
    """Makes the table, then runs sql/0039_post_cover.sql."""

    dependencies = [("sharing_agreements", "0038_life_ends")]

    operations = [
        migrations.CreateModel(
            name="PostCover",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("starts_on", models.DateField()),
                ("ends_on", models.DateField()),
                ("reason", models.CharField(max_length=160)),
                ("made_at", models.DateTimeField()),
                ("ended_at", models.DateTimeField(help_text="When they were back before the last day.", null=True)),
                (
                    "made_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "post",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="covers",
                        to="sharing_agreements.post",
                    ),
                ),
                (
                    "practitioner",
                    models.ForeignKey(
                        help_text="Who covers.",
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ["starts_on"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("ends_on__gte", models.F("starts_on"))),
                        name="post_cover_ends_after_it_starts",
                    )
                ],
            },
        ),
        sql_file(Path(__file__).parents[1] / "sql" / "0039_post_cover.sql"),
    ]
