"""Flags raised by the hundred thousand."""

from pathlib import Path

from django.db import migrations

from sharing_agreements.row_security import sql_file


class Migration(migrations.Migration):
    """Runs sql/0004_watch_at_scale.sql."""

    dependencies = [("cases", "0003_watch")]
    operations = [sql_file(Path(__file__).parents[1] / "sql" / "0004_watch_at_scale.sql")]
