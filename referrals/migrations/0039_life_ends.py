"""No notice to a school about a child who has died."""

from pathlib import Path

from django.db import migrations

from sharing_agreements.row_security import sql_file


class Migration(migrations.Migration):
    """Runs sql/0039_life_ends.sql."""

    dependencies = [
        ("referrals", "0038_waiting"),
        ("sharing_agreements", "0038_life_ends"),
    ]
    operations = [sql_file(Path(__file__).parents[1] / "sql" / "0039_life_ends.sql")]
