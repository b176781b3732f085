"""Two jobs of the hub keep the tables that they ask."""

from pathlib import Path

from django.db import migrations

from sharing_agreements.row_security import sql_file


class Migration(migrations.Migration):
    """Runs sql/0053_jobs_read_less.sql."""

    dependencies = [("referrals", "0052_releases_granted")]
    operations = [sql_file(Path(__file__).parents[1] / "sql" / "0053_jobs_read_less.sql")]
