"""Who holds what, with a plan each session keeps."""

from pathlib import Path

from django.db import migrations

from sharing_agreements.row_security import sql_file


class Migration(migrations.Migration):
    """Runs sql/0042_rows_about.sql."""

    dependencies = [("sharing_agreements", "0041_suppose_consent")]
    operations = [sql_file(Path(__file__).parents[1] / "sql" / "0042_rows_about.sql")]
