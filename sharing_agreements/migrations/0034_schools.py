"""Schools by their URN, and the gate's way to add many."""

from pathlib import Path

from django.db import migrations, models

from sharing_agreements.row_security import sql_file

SQL = Path(__file__).resolve().parent.parent / "sql"


class Migration(migrations.Migration):
    """Adds the columns, then runs sql/0034_schools.sql."""

    dependencies = [
        ("sharing_agreements", "0033_quick_find"),
    ]

    operations = [
        migrations.AddField(
            model_name="agency",
            name="uprn",
            field=models.CharField(
                blank=True, db_default="", default="", help_text="Of its address, up to twelve digits.", max_length=12
            ),
        ),
        migrations.AddField(
            model_name="agency",
            name="urn",
            field=models.CharField(
                blank=True, db_default="", default="", help_text="A school's, six digits (domain 3.3).", max_length=6
            ),
        ),
        migrations.AlterField(
            model_name="agency",
            name="email",
            field=models.EmailField(blank=True, help_text="Its inbox.", max_length=254),
        ),
        migrations.AddConstraint(
            model_name="agency",
            constraint=models.UniqueConstraint(
                condition=models.Q(("urn", ""), _negated=True), fields=("urn",), name="a_school_is_here_once_by_its_urn"
            ),
        ),
        sql_file(SQL / "0034_schools.sql"),
    ]
