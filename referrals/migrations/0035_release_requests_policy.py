"""Who reads that the hub asks for an answer to be let out."""

from pathlib import Path

from django.db import migrations

from sharing_agreements.row_security import sql_file


class Migration(migrations.Migration):
    """Runs sql/0035_release_requests.sql."""

    dependencies = [("referrals", "0034_release_requests")]
    operations = [sql_file(Path(__file__).parents[1] / "sql" / "0035_release_requests.sql")]
