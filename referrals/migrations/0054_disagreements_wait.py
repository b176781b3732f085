"""Whoever is to answer a disagreement is told."""

from pathlib import Path

from django.db import migrations

from sharing_agreements.row_security import sql_file


class Migration(migrations.Migration):
    """Runs sql/0054_disagreements_wait.sql."""

    dependencies = [("referrals", "0053_jobs_read_less")]
    operations = [sql_file(Path(__file__).parents[1] / "sql" / "0054_disagreements_wait.sql")]
