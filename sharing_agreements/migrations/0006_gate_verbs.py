"""How facts change; the ground's own tables are governed."""

from pathlib import Path

from django.db import migrations

from sharing_agreements.row_security import sql_file


class Migration(migrations.Migration):
    """Runs sql/0006_gate_verbs.sql."""

    dependencies = [
        ("sharing_agreements", "0005_gate_policy"),
    ]
    operations = [sql_file(Path(__file__).parents[1] / "sql" / "0006_gate_verbs.sql")]
