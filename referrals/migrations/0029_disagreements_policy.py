"""Who reads a disagreement, and the jobs that carry it from rung to rung."""

from pathlib import Path

from django.db import migrations

from sharing_agreements.row_security import sql_file


class Migration(migrations.Migration):
    """Runs sql/0029_disagreements.sql."""

    dependencies = [("referrals", "0028_disagreements")]
    operations = [sql_file(Path(__file__).parents[1] / "sql" / "0029_disagreements.sql")]
