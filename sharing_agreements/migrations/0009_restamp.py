"""Facts of a whole import at once."""

from pathlib import Path

from django.db import migrations

from sharing_agreements.row_security import sql_file


class Migration(migrations.Migration):
    """Runs sql/0009_restamp.sql."""

    dependencies = [("sharing_agreements", "0008_find_and_match")]
    operations = [sql_file(Path(__file__).parents[1] / "sql" / "0009_restamp.sql")]
