"""No flag of the hub about a child who has died."""

from pathlib import Path

from django.db import migrations

from sharing_agreements.row_security import sql_file


class Migration(migrations.Migration):
    """Runs sql/0050_life_ends.sql."""

    dependencies = [("referrals", "0049_board")]
    operations = [sql_file(Path(__file__).parents[1] / "sql" / "0050_life_ends.sql")]
