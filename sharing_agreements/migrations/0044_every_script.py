"""Names in any script are names: folded, found, matched and noticed in conflicts of interest."""

from pathlib import Path

from django.db import migrations

from sharing_agreements.row_security import sql_file


class Migration(migrations.Migration):
    """Runs sql/0044_every_script.sql."""

    dependencies = [("sharing_agreements", "0043_given_up_drafts")]
    operations = [sql_file(Path(__file__).parents[1] / "sql" / "0044_every_script.sql")]
