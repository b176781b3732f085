"""What was begun twice stands beside what was begun first."""

from pathlib import Path

from django.db import migrations

from sharing_agreements.row_security import sql_file


class Migration(migrations.Migration):
    """Runs sql/0047_one_ladder.sql."""

    dependencies = [("referrals", "0046_one_ladder")]
    operations = [sql_file(Path(__file__).parents[1] / "sql" / "0047_one_ladder.sql")]
