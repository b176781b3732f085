"""Names and addresses in one normal form; finding people with rights, and matching them by the job."""

from pathlib import Path

from django.db import migrations

from sharing_agreements.row_security import sql_file

SQL = Path(__file__).resolve().parent.parent / "sql"


class Migration(migrations.Migration):
    """Runs sql/0008_find_and_match.sql."""

    dependencies = [("sharing_agreements", "0007_owing_and_calendar")]
    operations = [sql_file(SQL / "0008_find_and_match.sql")]
