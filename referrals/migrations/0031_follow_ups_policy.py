"""Who reads and changes what the hub follows up."""

from pathlib import Path

from django.db import migrations

from sharing_agreements.row_security import sql_file


class Migration(migrations.Migration):
    """Runs sql/0031_follow_ups.sql."""

    dependencies = [("referrals", "0030_follow_ups")]
    operations = [sql_file(Path(__file__).parents[1] / "sql" / "0031_follow_ups.sql")]
