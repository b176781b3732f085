"""What each agency could have seen of a family's chronology on an earlier day."""

from pathlib import Path

from django.db import migrations

from sharing_agreements.row_security import sql_file


class Migration(migrations.Migration):
    """Runs sql/0008_looking_back.sql."""

    dependencies = [("cases", "0007_lead_notice"), ("sharing_agreements", "0016_looking_back")]
    operations = [sql_file(Path(__file__).parents[1] / "sql" / "0008_looking_back.sql")]
