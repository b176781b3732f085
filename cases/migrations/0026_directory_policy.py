"""Who keeps the directory, and who reads that a family was referred."""

from pathlib import Path

from django.db import migrations

from sharing_agreements.row_security import sql_file


class Migration(migrations.Migration):
    """Runs sql/0026_directory.sql."""

    dependencies = [("cases", "0025_directory")]
    operations = [sql_file(Path(__file__).parents[1] / "sql" / "0026_directory.sql")]
