"""E-mails that say that something waits, and how often each practitioner wants one."""

import uuid
from pathlib import Path

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from sharing_agreements.row_security import sql_file


class Migration(migrations.Migration):
    """Makes the tables, then runs sql/0037_notifications.sql."""

    dependencies = [
        ("sharing_agreements", "0036_outside_reporter"),
    ]

    operations = [
        migrations.CreateModel(
            name="NotificationChoice",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                (
                    "how_often",
                    models.CharField(
                        choices=[
                            ("at_once", "As soon as something waits"),
                            ("daily", "At most once a working day, after 8 in the morning"),
                            ("never", "Only when something is urgent"),
                        ],
                        default="daily",
                        max_length=10,
                    ),
                ),
                (
                    "practitioner",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Notification",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("address", models.EmailField(max_length=254)),
                ("urgent", models.BooleanField()),
                ("reference", models.CharField(max_length=12)),
                ("made_at", models.DateTimeField()),
                ("sent_at", models.DateTimeField(help_text="When the carrier took it.", null=True)),
                (
                    "theirs",
                    models.CharField(blank=True, help_text="The carrier's own id, where it has one.", max_length=64),
                ),
                (
                    "delivered_at",
                    models.DateTimeField(
                        help_text="When the carrier said that it arrived, where it says so.", null=True
                    ),
                ),
                (
                    "returned_at",
                    models.DateTimeField(help_text="When the carrier refused it or could not deliver it.", null=True),
                ),
                (
                    "settled_at",
                    models.DateTimeField(help_text="When an administrator sent another in its place.", null=True),
                ),
                (
                    "practitioner",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "ordering": ["-made_at"],
                "indexes": [
                    models.Index(fields=["practitioner", "-made_at"], name="notification_last"),
                    models.Index(
                        condition=models.Q(
                            ("settled_at", None),
                            models.Q(("sent_at", None), ("returned_at__isnull", False), _connector="OR"),
                        ),
                        fields=["made_at"],
                        name="notification_not_there",
                    ),
                    models.Index(
                        condition=models.Q(
                            ("delivered_at", None), ("returned_at", None), models.Q(("theirs", ""), _negated=True)
                        ),
                        fields=["sent_at"],
                        name="notification_to_ask_after",
                    ),
                ],
            },
        ),
        sql_file(Path(__file__).parents[1] / "sql" / "0037_notifications.sql"),
    ]
