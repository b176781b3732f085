"""Explanations read their rows with plans that are kept."""

from pathlib import Path

from django.db import migrations

from sharing_agreements.row_security import sql_file

SQL = Path(__file__).resolve().parent.parent / "sql"


class Migration(migrations.Migration):
    """Runs sql/0026_rows_asked_about.sql."""

    dependencies = [("sharing_agreements", "0025_clauses_of_looks")]
    operations = [sql_file(SQL / "0026_rows_asked_about.sql")]
