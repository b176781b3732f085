"""Why a record is open, who can see a family, what a practitioner can see."""

from pathlib import Path

from django.db import migrations

from sharing_agreements.row_security import sql_file


class Migration(migrations.Migration):
    """Runs sql/0011_explain.sql."""

    dependencies = [("sharing_agreements", "0010_agreement_life")]
    operations = [sql_file(Path(__file__).parents[1] / "sql" / "0011_explain.sql")]
