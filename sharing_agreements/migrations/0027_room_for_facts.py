"""Room on the pages of governed tables."""

from pathlib import Path

from django.db import migrations

from sharing_agreements.row_security import sql_file

SQL = Path(__file__).resolve().parent.parent / "sql"


class Migration(migrations.Migration):
    """Runs sql/0027_room_for_facts.sql."""

    dependencies = [("sharing_agreements", "0026_rows_asked_about")]
    operations = [sql_file(SQL / "0027_room_for_facts.sql")]
