"""Governance leads are told of requests for sharing and of agreements to sign."""

from pathlib import Path

from django.db import migrations

from sharing_agreements.row_security import sql_file


class Migration(migrations.Migration):
    """Runs sql/0046_asked_and_proposed.sql."""

    dependencies = [("sharing_agreements", "0045_explain_once")]
    operations = [sql_file(Path(__file__).parents[1] / "sql" / "0046_asked_and_proposed.sql")]
