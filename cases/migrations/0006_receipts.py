"""Receipt of a step up ends keeping in touch, whoever records it."""

from pathlib import Path

from django.db import migrations

from sharing_agreements.row_security import sql_file


class Migration(migrations.Migration):
    """Runs sql/0006_receipts.sql."""

    dependencies = [("cases", "0005_reading")]
    operations = [sql_file(Path(__file__).parents[1] / "sql" / "0006_receipts.sql")]
