"""Who reads that the owner of an answer would not let it out."""

from pathlib import Path

from django.db import migrations

from sharing_agreements.row_security import sql_file


class Migration(migrations.Migration):
    """Runs sql/0045_release_refusals.sql."""

    dependencies = [("referrals", "0044_release_refusals")]
    operations = [sql_file(Path(__file__).parents[1] / "sql" / "0045_release_refusals.sql")]
