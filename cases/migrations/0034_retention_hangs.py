"""Whose line of the retention list a case may have."""

from pathlib import Path

from django.db import migrations

from sharing_agreements.row_security import sql_file


class Migration(migrations.Migration):
    """Runs sql/0034_retention_hangs.sql."""

    dependencies = [("cases", "0033_plan_not_progressing")]
    operations = [sql_file(Path(__file__).parents[1] / "sql" / "0034_retention_hangs.sql")]
