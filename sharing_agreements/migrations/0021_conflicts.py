"""Conflicts of interest that are detected: what practitioners say of themselves, and what is made of a finding."""

from pathlib import Path

import django.contrib.postgres.fields
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from sharing_agreements.row_security import sql_file

SQL = Path(__file__).resolve().parent.parent / "sql"


class Migration(migrations.Migration):
    """Adds the columns and the table, then runs sql/0021_conflicts.sql."""

    dependencies = [("sharing_agreements", "0020_looks_by_others")]
    operations = [
        migrations.AddField("conflict", "detected", models.BooleanField(db_default=False, default=False)),
        migrations.AddField(
            "conflict",
            "answer",
            models.CharField(
                blank=True,
                choices=[("confirmed", "Confirmed"), ("lifted", "Lifted")],
                db_default="",
                max_length=10,
            ),
        ),
        migrations.AddField("conflict", "answered_at", models.DateTimeField(null=True)),
        migrations.AddField(
            "conflict",
            "answered_by",
            models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            "conflict",
            "answered_because",
            models.CharField(blank=True, db_default="", max_length=1000),
        ),
        migrations.CreateModel(
            name="OwnDetails",
            fields=[
                (
                    "practitioner",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        primary_key=True,
                        related_name="own_details",
                        serialize=False,
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("given_name", models.CharField(max_length=80)),
                (
                    "surnames",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.TextField(),
                        help_text="Folded: see gate.folded. Former ones too.",
                        size=None,
                    ),
                ),
                ("born_on", models.DateField()),
                ("postcode", models.CharField(help_text="Folded: no space, capitals.", max_length=10)),
                ("said_at", models.DateTimeField()),
            ],
            options={"verbose_name_plural": "own details", "default_permissions": ()},
        ),
        sql_file(SQL / "0021_conflicts.sql"),
    ]
