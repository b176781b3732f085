"""What may be known of and not read is said to be withheld, whether or not it was sent to somebody."""

from pathlib import Path

from django.db import migrations

from sharing_agreements.row_security import sql_file

SQL = Path(__file__).resolve().parent.parent / "sql"


class Migration(migrations.Migration):
    """Runs sql/0023_withheld.sql."""

    dependencies = [("sharing_agreements", "0022_quick_gate")]
    operations = [sql_file(SQL / "0023_withheld.sql")]
