"""Whoever is to receive a child who was stepped up is told."""

from pathlib import Path

from django.db import migrations

from sharing_agreements.row_security import sql_file


class Migration(migrations.Migration):
    """Runs sql/0040_receipts_wait.sql."""

    dependencies = [("cases", "0039_watch_reads_less")]
    operations = [sql_file(Path(__file__).parents[1] / "sql" / "0040_receipts_wait.sql")]
