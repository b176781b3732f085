"""The hub that asked is told what was let out, and so is whoever may read it."""

from pathlib import Path

from django.db import migrations

from sharing_agreements.row_security import sql_file


class Migration(migrations.Migration):
    """Runs sql/0052_releases_granted.sql."""

    dependencies = [("referrals", "0051_releases_refused")]
    operations = [sql_file(Path(__file__).parents[1] / "sql" / "0052_releases_granted.sql")]
