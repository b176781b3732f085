"""The life of an agreement: who edits a draft, and the verbs that move it."""

from pathlib import Path

from django.db import migrations

from sharing_agreements.row_security import sql_file

SQL = Path(__file__).resolve().parent.parent / "sql"


class Migration(migrations.Migration):
    """Runs sql/0010_agreement_drafts.sql, then sql/0010_agreement_life.sql."""

    dependencies = [("sharing_agreements", "0009_restamp")]
    operations = [sql_file(SQL / "0010_agreement_drafts.sql"), sql_file(SQL / "0010_agreement_life.sql")]
