"""What waits for whom at the front door."""

from pathlib import Path

from django.db import migrations

from sharing_agreements.row_security import sql_file


class Migration(migrations.Migration):
    """Runs sql/0038_waiting.sql."""

    dependencies = [
        ("referrals", "0037_outside_policy"),
        ("sharing_agreements", "0037_notifications"),
    ]
    operations = [sql_file(Path(__file__).parents[1] / "sql" / "0038_waiting.sql")]
