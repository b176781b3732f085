"""Mail domains of forces are approved on a screen."""

from pathlib import Path

from django.db import migrations

from sharing_agreements.row_security import sql_file


class Migration(migrations.Migration):
    """Runs sql/0041_mail_domains.sql."""

    dependencies = [("referrals", "0040_family_flags")]
    operations = [sql_file(Path(__file__).parents[1] / "sql" / "0041_mail_domains.sql")]
