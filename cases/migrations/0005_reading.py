"""What pages about a family need and no governed row carries: one's own last look, and that an address is hidden."""

from pathlib import Path

from django.db import migrations

from sharing_agreements.row_security import sql_file


class Migration(migrations.Migration):
    """Runs sql/0005_reading.sql."""

    dependencies = [("cases", "0004_watch_at_scale")]
    operations = [sql_file(Path(__file__).parents[1] / "sql" / "0005_reading.sql")]
