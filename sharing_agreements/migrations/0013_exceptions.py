"""Emergency access, and the owner's decisions on one record."""

from pathlib import Path

from django.db import migrations

from sharing_agreements.row_security import sql_file


class Migration(migrations.Migration):
    """Runs sql/0013_exceptions.sql."""

    dependencies = [("sharing_agreements", "0011_explain")]
    operations = [sql_file(Path(__file__).parents[1] / "sql" / "0013_exceptions.sql")]
