"""Who says that a service keeps a waiting list."""

from pathlib import Path

from django.db import migrations

from sharing_agreements.row_security import sql_file


class Migration(migrations.Migration):
    """Runs sql/0036_service_door.sql."""

    dependencies = [("cases", "0035_service_door")]
    operations = [sql_file(Path(__file__).parents[1] / "sql" / "0036_service_door.sql")]
