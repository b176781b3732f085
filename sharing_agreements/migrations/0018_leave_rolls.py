"""A child who changes school leaves every roll."""

from pathlib import Path

from django.db import migrations

from sharing_agreements.row_security import sql_file


class Migration(migrations.Migration):
    """Runs sql/0018_leave_rolls.sql."""

    dependencies = [("sharing_agreements", "0017_request_ladder")]
    operations = [sql_file(Path(__file__).parents[1] / "sql" / "0018_leave_rolls.sql")]
