"""Who sees what the hub asks other agencies, and their answers."""

from pathlib import Path

from django.db import migrations

from sharing_agreements.row_security import sql_file


class Migration(migrations.Migration):
    """Runs sql/0009_agency_checks_policy.sql."""

    dependencies = [("referrals", "0008_agency_checks"), ("sharing_agreements", "0022_quick_gate")]
    operations = [sql_file(Path(__file__).parents[1] / "sql" / "0009_agency_checks_policy.sql")]
