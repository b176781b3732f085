"""Reports before and after early help, for the board."""

from pathlib import Path

from django.db import migrations

from sharing_agreements.row_security import sql_file


class Migration(migrations.Migration):
    """Runs sql/0049_board.sql."""

    dependencies = [("referrals", "0048_one_ladder_held"), ("cases", "0034_retention_hangs")]

    operations = [sql_file(Path(__file__).parents[1] / "sql" / "0049_board.sql")]
