"""Nobody at the author's agency is told of an unsent concern about somebody who works with children."""

from pathlib import Path

from django.db import migrations

from sharing_agreements.row_security import sql_file


class Migration(migrations.Migration):
    """Runs sql/0007_unsent_drafts.sql."""

    dependencies = [("referrals", "0006_hub_flags")]
    operations = [sql_file(Path(__file__).resolve().parent.parent / "sql" / "0007_unsent_drafts.sql")]
