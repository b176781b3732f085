"""Jobs owed and the working-day calendar."""

import uuid
from pathlib import Path

import django.db.models.functions.datetime
from django.db import migrations, models

from sharing_agreements.row_security import sql_file


class Migration(migrations.Migration):
    """Makes the tables, then runs sql/0007_owing_and_calendar.sql."""

    dependencies = [
        ("sharing_agreements", "0006_gate_verbs"),
    ]

    operations = [
        migrations.CreateModel(
            name="DoneJob",
            fields=[
                (
                    "key",
                    models.CharField(max_length=200, primary_key=True, serialize=False),
                ),
                ("job", models.CharField(max_length=60)),
                (
                    "done_at",
                    models.DateTimeField(db_default=django.db.models.functions.datetime.Now()),
                ),
            ],
        ),
        migrations.CreateModel(
            name="HubHours",
            fields=[
                (
                    "weekday",
                    models.PositiveSmallIntegerField(
                        choices=[
                            (0, "Monday"),
                            (1, "Tuesday"),
                            (2, "Wednesday"),
                            (3, "Thursday"),
                            (4, "Friday"),
                            (5, "Saturday"),
                            (6, "Sunday"),
                        ],
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("opens_at", models.TimeField()),
                ("closes_at", models.TimeField()),
            ],
            options={
                "verbose_name_plural": "hub hours",
                "ordering": ["weekday"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("closes_at__gt", models.F("opens_at")),
                            ("closes_at", "00:00"),
                            _connector="OR",
                        ),
                        name="hub_closes_after_it_opens",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="OwedJob",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=uuid.uuid4,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("key", models.CharField(max_length=200, unique=True)),
                ("job", models.CharField(max_length=60)),
                (
                    "payload",
                    models.JSONField(
                        default=dict,
                        help_text="Ids, dates and small numbers; never words.",
                    ),
                ),
                (
                    "made_at",
                    models.DateTimeField(db_default=django.db.models.functions.datetime.Now()),
                ),
                (
                    "sent_at",
                    models.DateTimeField(help_text="When the bell was last rung for it.", null=True),
                ),
                (
                    "attempts",
                    models.PositiveSmallIntegerField(default=0, help_text="Times a worker has started it."),
                ),
                (
                    "last_error",
                    models.CharField(
                        blank=True,
                        help_text="Kind of error only; its words may be personal.",
                        max_length=120,
                    ),
                ),
                ("done_at", models.DateTimeField(null=True)),
                ("stopped_at", models.DateTimeField(null=True)),
            ],
            options={
                "indexes": [
                    models.Index(
                        condition=models.Q(("done_at__isnull", True), ("stopped_at__isnull", True)),
                        fields=["sent_at"],
                        name="owed_waiting",
                    ),
                    models.Index(
                        condition=models.Q(("stopped_at__isnull", False)),
                        fields=["stopped_at"],
                        name="owed_stopped",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="WorkingDay",
            fields=[
                ("date", models.DateField(primary_key=True, serialize=False)),
                ("is_working", models.BooleanField()),
                (
                    "number",
                    models.PositiveIntegerField(
                        help_text="Working days from the start of the calendar up to this date."
                    ),
                ),
                ("bank_holiday", models.CharField(blank=True, max_length=60)),
            ],
            options={
                "indexes": [
                    models.Index(
                        condition=models.Q(("is_working", True)),
                        fields=["number"],
                        name="working_day_number",
                    )
                ],
            },
        ),
        sql_file(Path(__file__).parents[1] / "sql" / "0007_owing_and_calendar.sql"),
    ]
