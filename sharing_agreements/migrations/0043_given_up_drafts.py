"""A draft that was given up stays its drafter's, and so does what simulations of it found."""

from pathlib import Path

from django.db import migrations

from sharing_agreements.row_security import sql_file


class Migration(migrations.Migration):
    """Runs sql/0043_given_up_drafts.sql."""

    dependencies = [("sharing_agreements", "0042_rows_about")]
    operations = [sql_file(Path(__file__).parents[1] / "sql" / "0043_given_up_drafts.sql")]
