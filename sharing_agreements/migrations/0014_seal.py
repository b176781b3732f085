"""The seals on the disclosure log, and what may be asked of the log."""

from pathlib import Path

from django.db import migrations, models

from sharing_agreements.row_security import sql_file

SQL = Path(__file__).resolve().parent.parent / "sql"


class Migration(migrations.Migration):
    """Makes the tables, then runs sql/0014_seal.sql and sql/0014_looks.sql."""

    dependencies = [("sharing_agreements", "0013_exceptions")]
    operations = [
        migrations.AddField(
            model_name="disclosure",
            name="tx",
            field=models.BigIntegerField(
                default=0, editable=False, help_text="Transaction that wrote it; the database's to say."
            ),
        ),
        migrations.AddIndex(model_name="disclosure", index=models.Index(fields=["tx"], name="disclosure_settled")),
        migrations.CreateModel(
            name="Seal",
            fields=[
                (
                    "number",
                    models.IntegerField(help_text="1, 2, 3 ... without a gap.", primary_key=True, serialize=False),
                ),
                ("count", models.IntegerField(help_text="How many rows it seals.")),
                (
                    "settled",
                    models.BigIntegerField(
                        help_text="Every transaction below this one had ended: its rows are sealed."
                    ),
                ),
                ("sealed_at", models.DateTimeField()),
                (
                    "previous",
                    models.BinaryField(help_text="Digest of the seal before; 32 zero bytes for the first."),
                ),
                ("digest", models.BinaryField()),
            ],
            options={"default_permissions": ()},
        ),
        migrations.CreateModel(
            name="SealedRow",
            fields=[
                ("row_id", models.UUIDField(primary_key=True, serialize=False)),
                ("seal", models.IntegerField()),
                ("position", models.IntegerField()),
                ("digest", models.BinaryField()),
            ],
            options={
                "default_permissions": (),
                "constraints": [models.UniqueConstraint(fields=("seal", "position"), name="one_row_in_one_place")],
            },
        ),
        sql_file(SQL / "0014_seal.sql"),
        sql_file(SQL / "0014_looks.sql"),
    ]
