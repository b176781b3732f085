"""Who reads the marks of the hub's clocks, and whom they are told of."""

from pathlib import Path

from django.db import migrations

from sharing_agreements.row_security import sql_file


class Migration(migrations.Migration):
    """Runs sql/0043_clock_marks.sql."""

    dependencies = [("referrals", "0042_clock_marks")]
    operations = [sql_file(Path(__file__).parents[1] / "sql" / "0043_clock_marks.sql")]
