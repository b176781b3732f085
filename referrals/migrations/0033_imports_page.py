"""Who ran an import, and who may read what became of it."""

from pathlib import Path

from django.db import migrations, models

from sharing_agreements.row_security import sql_file

SQL = Path(__file__).resolve().parent.parent / "sql"


class Migration(migrations.Migration):
    """Adds the column, then runs sql/0033_imports_page.sql."""

    dependencies = [("referrals", "0032_back_to_team"), ("sharing_agreements", "0034_schools")]
    operations = [
        migrations.AddField(
            model_name="reportimport",
            name="run_by",
            field=models.CharField(
                blank=True, default="", help_text="The login on the server that first ran it.", max_length=80
            ),
        ),
        sql_file(SQL / "0033_imports_page.sql"),
    ]
