"""Which looks of other agencies touched what one's own agency holds."""

from pathlib import Path

from django.db import migrations

from sharing_agreements.row_security import sql_file


class Migration(migrations.Migration):
    """Runs sql/0020_looks_by_others.sql."""

    dependencies = [("sharing_agreements", "0019_districts")]
    operations = [sql_file(Path(__file__).parents[1] / "sql" / "0020_looks_by_others.sql")]
