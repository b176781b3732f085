"""Every table of the work with families is governed; the verbs that policies cannot carry are gate functions."""

from pathlib import Path

from django.db import migrations

from sharing_agreements.row_security import sql_file

_SQL = Path(__file__).parents[1] / "sql"


class Migration(migrations.Migration):
    """Runs the sql/0002_*.sql files."""

    dependencies = [
        ("cases", "0001_nouns_of_the_work"),
        ("sharing_agreements", "0006_gate_verbs"),
    ]
    operations = [sql_file(_SQL / f"0002_{name}.sql") for name in ("cases", "family", "plan", "steps", "verbs", "team")]
