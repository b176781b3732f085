"""The open flags of an agency in the order of the list, fifty at a time."""

from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("cases", "0029_retention"),
        ("sharing_agreements", "0042_rows_about"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddIndex(
            model_name="flag",
            index=models.Index(
                condition=models.Q(("cleared_at__isnull", True)),
                fields=["owner_no", "climbed_at", "raised_on", "id"],
                name="flag_open_of_owner",
            ),
        ),
    ]
