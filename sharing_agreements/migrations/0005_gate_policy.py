"""The policy every governed table gets."""

from pathlib import Path

from django.db import migrations

from sharing_agreements.row_security import sql_file


class Migration(migrations.Migration):
    """Runs sql/0005_gate_policy.sql."""

    dependencies = [
        ("sharing_agreements", "0004_gate_facts"),
    ]
    operations = [sql_file(Path(__file__).parents[1] / "sql" / "0005_gate_policy.sql")]
