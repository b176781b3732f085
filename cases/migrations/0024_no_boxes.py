"""The five boxes of an assessment are gone: their words are answers."""

from django.db import migrations


class Migration(migrations.Migration):
    """Drops the table that 0023 emptied of meaning."""

    dependencies = [("cases", "0023_assessment")]
    operations = [migrations.DeleteModel(name="AssessmentDetail")]
