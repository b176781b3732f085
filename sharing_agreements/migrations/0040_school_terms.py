"""School terms are entered on a screen."""

from pathlib import Path

from django.db import migrations

from sharing_agreements.row_security import sql_file


class Migration(migrations.Migration):
    """Runs sql/0040_school_terms.sql."""

    dependencies = [("sharing_agreements", "0039_post_cover")]
    operations = [sql_file(Path(__file__).parents[1] / "sql" / "0040_school_terms.sql")]
