"""How the gate lets in an officer of a force without accounts."""

from pathlib import Path

from django.db import migrations

from sharing_agreements.row_security import sql_file


class Migration(migrations.Migration):
    """Runs sql/0037_outside.sql."""

    dependencies = [("referrals", "0036_outside")]
    operations = [sql_file(Path(__file__).parents[1] / "sql" / "0037_outside.sql")]
