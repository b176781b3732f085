"""Is this child known, in half the time: see sql/0033_quick_find.sql and decision 0084."""

from pathlib import Path

from django.db import migrations

from sharing_agreements.row_security import sql_file

SQL = Path(__file__).resolve().parent.parent / "sql"


class Migration(migrations.Migration):
    """Runs sql/0033_quick_find.sql."""

    dependencies = [("sharing_agreements", "0032_key_adults")]
    operations = [sql_file(SQL / "0033_quick_find.sql")]
