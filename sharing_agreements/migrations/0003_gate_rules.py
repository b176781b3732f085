"""Which clauses apply, and the masks compiled from them."""

from pathlib import Path

from django.db import migrations

from sharing_agreements.row_security import sql_file


class Migration(migrations.Migration):
    """Runs sql/0003_gate_rules.sql."""

    dependencies = [
        ("sharing_agreements", "0002_gate_principal"),
    ]
    operations = [sql_file(Path(__file__).parents[1] / "sql" / "0003_gate_rules.sql")]
