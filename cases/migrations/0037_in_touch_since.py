"""Since when a child is kept in touch with."""

from pathlib import Path

from django.db import migrations

from sharing_agreements.row_security import sql_file


class Migration(migrations.Migration):
    """Runs sql/0037_in_touch_since.sql."""

    dependencies = [("cases", "0036_service_door_policy")]
    operations = [sql_file(Path(__file__).parents[1] / "sql" / "0037_in_touch_since.sql")]
