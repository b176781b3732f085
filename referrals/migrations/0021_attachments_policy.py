"""Who sees photographs and papers of a report."""

from pathlib import Path

from django.db import migrations

from sharing_agreements.row_security import sql_file


class Migration(migrations.Migration):
    """Runs sql/0021_attachments_policy.sql."""

    dependencies = [("referrals", "0020_attachments")]
    operations = [sql_file(Path(__file__).parents[1] / "sql" / "0021_attachments_policy.sql")]
