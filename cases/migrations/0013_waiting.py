"""What waits for whom in the work with families."""

from pathlib import Path

from django.db import migrations

from sharing_agreements.row_security import sql_file


class Migration(migrations.Migration):
    """Runs sql/0013_waiting.sql."""

    dependencies = [
        ("cases", "0012_end_watch"),
        ("sharing_agreements", "0037_notifications"),
    ]
    operations = [sql_file(Path(__file__).parents[1] / "sql" / "0013_waiting.sql")]
