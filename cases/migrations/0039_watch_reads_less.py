"""The nightly watch keeps the tables that its questions name."""

from pathlib import Path

from django.db import migrations

from sharing_agreements.row_security import sql_file


class Migration(migrations.Migration):
    """Runs sql/0039_watch_reads_less.sql."""

    dependencies = [("cases", "0038_waits_of_agency")]
    operations = [sql_file(Path(__file__).parents[1] / "sql" / "0039_watch_reads_less.sql")]
