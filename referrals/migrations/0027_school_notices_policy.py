"""Who reads a notice of domestic abuse to a school."""

from pathlib import Path

from django.db import migrations

from sharing_agreements.row_security import sql_file


class Migration(migrations.Migration):
    """Runs sql/0027_school_notices.sql."""

    dependencies = [("referrals", "0026_school_notices")]
    operations = [sql_file(Path(__file__).parents[1] / "sql" / "0027_school_notices.sql")]
