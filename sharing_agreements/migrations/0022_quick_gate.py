"""The gate's answers in less time."""

from pathlib import Path

from django.db import migrations

from sharing_agreements.row_security import sql_file

SQL = Path(__file__).resolve().parent.parent / "sql"


class Migration(migrations.Migration):
    """Runs sql/0022_quick_gate.sql and the three files beside it, in this order."""

    dependencies = [("sharing_agreements", "0021_conflicts")]
    operations = [
        sql_file(SQL / "0022_quick_gate.sql"),
        sql_file(SQL / "0022_quick_rules.sql"),
        sql_file(SQL / "0022_quick_explain.sql"),
        sql_file(SQL / "0022_quick_questions.sql"),
    ]
