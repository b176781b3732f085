"""Row security of the front door."""

from pathlib import Path

from django.db import migrations

from sharing_agreements.row_security import sql_file


class Migration(migrations.Migration):
    """Runs sql/0002_front_door_policy.sql."""

    dependencies = [
        ("cases", "0002_governed"),
        ("referrals", "0001_front_door"),
        ("sharing_agreements", "0006_gate_verbs"),
    ]
    operations = [sql_file(Path(__file__).parents[1] / "sql" / "0002_front_door_policy.sql")]
