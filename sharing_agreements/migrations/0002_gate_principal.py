"""Who is acting: schema gate and its first functions."""

from pathlib import Path

from django.db import migrations

from sharing_agreements.row_security import sql_file


class Migration(migrations.Migration):
    """Runs sql/0002_gate_principal.sql."""

    dependencies = [
        ("sharing_agreements", "0001_ground"),
    ]
    operations = [sql_file(Path(__file__).parents[1] / "sql" / "0002_gate_principal.sql")]
