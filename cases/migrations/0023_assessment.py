"""Who reads answers; who changes the form; what stood in the five boxes becomes answers."""

from pathlib import Path

from django.db import migrations

from sharing_agreements.row_security import sql_file


class Migration(migrations.Migration):
    """Runs sql/0023_assessment.sql."""

    dependencies = [("cases", "0022_assessment_answers")]
    operations = [sql_file(Path(__file__).parents[1] / "sql" / "0023_assessment.sql")]
