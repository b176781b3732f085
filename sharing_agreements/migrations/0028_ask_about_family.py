"""A governance lead finds the family somebody asks about."""

from pathlib import Path

from django.db import migrations

from sharing_agreements.row_security import sql_file

SQL = Path(__file__).resolve().parent.parent / "sql"


class Migration(migrations.Migration):
    """Runs sql/0028_ask_about_family.sql."""

    dependencies = [("sharing_agreements", "0027_room_for_facts")]
    operations = [sql_file(SQL / "0028_ask_about_family.sql")]
