"""Who reads why an event is pinned."""

from pathlib import Path

from django.db import migrations

from sharing_agreements.row_security import sql_file


class Migration(migrations.Migration):
    """Runs sql/0011_pins.sql."""

    dependencies = [("cases", "0010_pins")]
    operations = [sql_file(Path(__file__).parents[1] / "sql" / "0011_pins.sql")]
