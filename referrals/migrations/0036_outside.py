"""Officers of forces without accounts."""

import django.db.models.deletion
import uuid
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("referrals", "0035_release_requests_policy"),
        ("sharing_agreements", "0036_outside_reporter"),
    ]

    operations = [
        migrations.AddField(
            model_name="report",
            name="verified_email",
            field=models.EmailField(
                blank=True,
                default="",
                help_text="Where its reporter has no account: the address a code was sent to (decision 0080).",
                max_length=254,
            ),
        ),
        migrations.CreateModel(
            name="MailDomain",
            fields=[
                (
                    "domain",
                    models.CharField(
                        help_text="In small letters: police.example.org",
                        max_length=253,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                (
                    "agency",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="sharing_agreements.agency"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="OutsideAccess",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("email", models.EmailField(max_length=254)),
                ("name", models.CharField(max_length=120)),
                ("phone", models.CharField(max_length=40)),
                ("asked_at", models.DateTimeField()),
                ("expires_at", models.DateTimeField(help_text="Set when the code is made.", null=True)),
                ("attempts", models.PositiveSmallIntegerField(default=0, help_text="Codes tried.")),
                ("used_at", models.DateTimeField(null=True)),
                (
                    "agency",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="sharing_agreements.agency"
                    ),
                ),
                (
                    "post",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="sharing_agreements.post",
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["email", "asked_at"], name="outside_asked_by")],
            },
        ),
    ]
