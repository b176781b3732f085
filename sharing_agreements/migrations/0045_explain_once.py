"""Explaining a page asks once who asks and which day it is."""

from pathlib import Path

from django.db import migrations

from sharing_agreements.row_security import sql_file


class Migration(migrations.Migration):
    """Runs sql/0045_explain_once.sql."""

    dependencies = [("sharing_agreements", "0044_every_script")]
    operations = [sql_file(Path(__file__).parents[1] / "sql" / "0045_explain_once.sql")]
