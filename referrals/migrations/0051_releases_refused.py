"""Governance leads read why an answer was not let out."""

from pathlib import Path

from django.db import migrations

from sharing_agreements.row_security import sql_file


class Migration(migrations.Migration):
    """Runs sql/0051_releases_refused.sql."""

    dependencies = [("referrals", "0050_life_ends")]
    operations = [sql_file(Path(__file__).parents[1] / "sql" / "0051_releases_refused.sql")]
