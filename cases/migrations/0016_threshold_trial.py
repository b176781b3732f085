"""What other numbers of a rule would flag, and taking a flag to the manager."""

import uuid
from pathlib import Path

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from sharing_agreements.row_security import sql_file


class Migration(migrations.Migration):
    """Makes the table, then runs sql/0016_threshold_trial.sql."""

    dependencies = [
        ("cases", "0015_agency_away"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="ThresholdTrial",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                (
                    "rule",
                    models.CharField(
                        choices=[
                            ("review_overdue", "Review overdue"),
                            ("no_lead", "No lead practitioner"),
                            ("actions_overdue", "Actions overdue"),
                            ("silent", "Nothing written down"),
                            ("never_contacted", "Never contacted"),
                            ("nothing_done", "Two reviews, nothing done"),
                            ("assessment_overdue", "Assessment overdue"),
                            ("in_touch_due", "Keeping in touch due"),
                            ("receipt_overdue", "Step up not confirmed"),
                            ("agency_away", "Agency dropped away"),
                        ],
                        max_length=20,
                    ),
                ),
                ("is_on", models.BooleanField()),
                ("days", models.PositiveSmallIntegerField()),
                ("climbs_after", models.PositiveSmallIntegerField()),
                ("asked_at", models.DateTimeField()),
                ("counted_at", models.DateTimeField(null=True)),
                ("lines", models.JSONField(default=list)),
                (
                    "practitioner",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
        ),
        sql_file(Path(__file__).parents[1] / "sql" / "0016_threshold_trial.sql"),
    ]
