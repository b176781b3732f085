"""The clauses that opened what a look showed, written down and sealed with it."""

from pathlib import Path

from django.db import migrations, models

from sharing_agreements.row_security import sql_file

SQL = Path(__file__).resolve().parent.parent / "sql"


class Migration(migrations.Migration):
    """Makes the table and the column, then runs sql/0025_clauses_of_looks.sql."""

    dependencies = [("sharing_agreements", "0024_suppose_more")]
    operations = [
        migrations.AddField(
            model_name="disclosure",
            name="rules_version",
            field=models.BigIntegerField(
                default=0,
                editable=False,
                help_text="Version of all agreements together when it was written; 0: not noted.",
            ),
        ),
        migrations.CreateModel(
            name="LookBasis",
            fields=[
                ("look_id", models.UUIDField(primary_key=True, serialize=False)),
                ("at", models.DateTimeField(help_text="When it was asked, a few minutes after the look at most.")),
                (
                    "same_rules",
                    models.BooleanField(help_text="No agreement had changed between the look and the asking."),
                ),
                (
                    "openings",
                    models.JSONField(
                        help_text="One per owner, way and clause: records, kinds, and the clause with its version."
                    ),
                ),
                (
                    "unopened",
                    models.IntegerField(
                        help_text="Records of the look that nothing opened any more when it was asked."
                    ),
                ),
            ],
            options={"default_permissions": ()},
        ),
        sql_file(SQL / "0025_clauses_of_looks.sql"),
    ]
