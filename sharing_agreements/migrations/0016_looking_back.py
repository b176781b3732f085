"""What anybody could have seen on an earlier day."""

from pathlib import Path

from django.db import migrations

from sharing_agreements.row_security import sql_file

SQL = Path(__file__).resolve().parent.parent / "sql"


class Migration(migrations.Migration):
    """Runs sql/0016_looking_back.sql."""

    dependencies = [("sharing_agreements", "0015_examples")]
    operations = [sql_file(SQL / "0016_looking_back.sql")]
