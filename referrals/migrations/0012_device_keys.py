"""The keys that seal unsent reports on devices."""

from pathlib import Path

import django.db.models.deletion
import uuid
from django.conf import settings
from django.db import migrations, models

from sharing_agreements.row_security import sql_file


class Migration(migrations.Migration):
    """Makes the table, then runs sql/0012_device_keys.sql."""

    dependencies = [
        ("referrals", "0011_queue_filter"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="DeviceKey",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                (
                    "device",
                    models.UUIDField(help_text="Made by the browser at random; says nothing about the machine."),
                ),
                ("key", models.BinaryField(max_length=32)),
                ("issued_at", models.DateTimeField(help_text="When the device last asked.")),
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
                        fields=("practitioner", "device"), name="one_key_per_practitioner_and_device"
                    )
                ],
            },
        ),
        sql_file(Path(__file__).parents[1] / "sql" / "0012_device_keys.sql"),
    ]
