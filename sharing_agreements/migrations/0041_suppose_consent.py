"""What an answer to sharing would stop, before it is recorded."""

from pathlib import Path

from django.db import migrations

from sharing_agreements.row_security import sql_file


class Migration(migrations.Migration):
    """Runs sql/0041_suppose_consent.sql."""

    dependencies = [("sharing_agreements", "0040_school_terms")]
    operations = [sql_file(Path(__file__).parents[1] / "sql" / "0041_suppose_consent.sql")]
