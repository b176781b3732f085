"""Clauses may speak of the parties of a type in one district."""

from pathlib import Path

from django.db import migrations, models

from sharing_agreements.row_security import sql_file


class Migration(migrations.Migration):
    """Runs sql/0019_districts.sql on the new columns."""

    dependencies = [
        ("sharing_agreements", "0018_leave_rolls"),
    ]

    operations = [
        migrations.AddField(
            model_name="clause",
            name="provider_district",
            field=models.CharField(blank=True, db_default="", default="", help_text="Empty: any.", max_length=80),
        ),
        migrations.AddField(
            model_name="clause",
            name="recipient_district",
            field=models.CharField(blank=True, db_default="", default="", help_text="Empty: any.", max_length=80),
        ),
        migrations.AddConstraint(
            model_name="clause",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("provider_district", ""), models.Q(("provider_type", ""), _negated=True), _connector="OR"
                    ),
                    models.Q(
                        ("recipient_district", ""), models.Q(("recipient_type", ""), _negated=True), _connector="OR"
                    ),
                ),
                name="a_clause_of_a_district_names_a_type",
            ),
        ),
        sql_file(Path(__file__).parents[1] / "sql" / "0019_districts.sql"),
    ]
