"""Who has read which card of guidance."""

from pathlib import Path

import django.db.models.deletion
import uuid
from django.conf import settings
from django.db import migrations, models

from sharing_agreements.row_security import sql_file


class Migration(migrations.Migration):
    """Makes the table, then runs sql/0013_guidance_reads.sql."""

    dependencies = [
        ("referrals", "0012_device_keys"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="GuidanceRead",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("card", models.CharField(help_text="The card's folder in referrals/guidance/cards.", max_length=60)),
                ("version", models.PositiveSmallIntegerField(help_text="The number of the file that was read.")),
                ("read_at", models.DateTimeField(help_text="The first time they said so.")),
                (
                    "practitioner",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("practitioner", "card", "version"), name="a_version_of_a_card_is_read_once"
                    )
                ],
            },
        ),
        sql_file(Path(__file__).parents[1] / "sql" / "0013_guidance_reads.sql"),
    ]
