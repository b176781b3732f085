"""Who reads an adult of concern, and the rule that notices one in another household."""

from pathlib import Path

from django.db import migrations

from sharing_agreements.row_security import sql_file


class Migration(migrations.Migration):
    """Runs sql/0024_adult_of_concern.sql."""

    dependencies = [("referrals", "0023_adult_of_concern")]
    operations = [sql_file(Path(__file__).parents[1] / "sql" / "0024_adult_of_concern.sql")]
