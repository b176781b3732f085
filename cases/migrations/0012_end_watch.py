"""The hub sends a family back to the team that keeps in touch with it."""

from pathlib import Path

from django.db import migrations

from sharing_agreements.row_security import sql_file


class Migration(migrations.Migration):
    """Runs sql/0012_end_watch.sql."""

    dependencies = [("cases", "0011_pins_policy")]
    operations = [sql_file(Path(__file__).parents[1] / "sql" / "0012_end_watch.sql")]
