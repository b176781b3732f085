"""Points of a meeting: its agenda, what was sent beforehand, its minutes."""

from pathlib import Path

import django.contrib.postgres.fields
import django.db.models.deletion
import django.utils.timezone
import uuid
from django.conf import settings
from django.db import migrations, models

from sharing_agreements.row_security import sql_file


class Migration(migrations.Migration):
    """Makes the table, then runs sql/0014_meetings.sql."""

    dependencies = [
        ("cases", "0013_waiting"),
        ("sharing_agreements", "0036_outside_reporter"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="MeetingPoint",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                (
                    "about",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.UUIDField(),
                        default=list,
                        help_text="Every person this row is about.",
                        size=None,
                    ),
                ),
                ("happened_on", models.DateField(help_text="The day 'how far back' counts from.")),
                ("recorded_at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "hidden_from",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.SmallIntegerField(),
                        default=list,
                        help_text="Numbers of agencies that must never see this row.",
                        size=None,
                    ),
                ),
                ("version", models.PositiveIntegerField(default=1)),
                (
                    "kind",
                    models.SmallIntegerField(
                        choices=[
                            (1, "Name, date of birth and identifiers"),
                            (2, "Address and where a child can be found"),
                            (3, "Concern report"),
                            (4, "For the hub only"),
                            (5, "Hub decision"),
                            (6, "Police information"),
                            (7, "Domestic abuse information"),
                            (8, "Health information"),
                            (9, "Education information"),
                            (10, "Housing information"),
                            (11, "Children's social care information"),
                            (12, "Youth justice, probation and prison information"),
                            (13, "Substance use information"),
                            (14, "Charity and community information"),
                            (15, "Early help case"),
                            (16, "Plan: needs, outcomes and actions"),
                            (17, "Meetings and reviews"),
                            (18, "Notes of work with the family"),
                            (19, "Consent to help"),
                            (20, "Household, relationships and safe contact"),
                            (21, "Staff-safety note"),
                            (22, "Flag from the watch"),
                            (23, "Employment and benefits information"),
                            (24, "Feedback to a reporter"),
                        ],
                        default=0,
                        editable=False,
                    ),
                ),
                ("owner_no", models.SmallIntegerField(default=0, editable=False)),
                ("author_no", models.IntegerField(editable=False, null=True)),
                ("team_no", models.IntegerField(editable=False, null=True)),
                ("sent_to_no", models.SmallIntegerField(editable=False, null=True)),
                ("sent_to_practitioner_no", models.IntegerField(editable=False, null=True)),
                ("bit", models.IntegerField(default=0, editable=False)),
                ("stage", models.SmallIntegerField(default=0, editable=False)),
                (
                    "involved",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.SmallIntegerField(), default=list, editable=False, size=None
                    ),
                ),
                (
                    "workers",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.IntegerField(), default=list, editable=False, size=None
                    ),
                ),
                ("lead_no", models.IntegerField(editable=False, null=True)),
                ("consent_until", models.DateField(editable=False, null=True)),
                ("facts_until", models.DateField(editable=False, null=True)),
                ("restricted", models.SmallIntegerField(default=0, editable=False)),
                (
                    "allowed",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.IntegerField(), editable=False, null=True, size=None
                    ),
                ),
                (
                    "part",
                    models.CharField(
                        choices=[
                            ("agenda", "On the agenda"),
                            ("report", "Report sent beforehand"),
                            ("apologies", "Apologies sent beforehand"),
                            ("said", "Said at the meeting"),
                            ("decided", "Decided at the meeting"),
                        ],
                        max_length=9,
                    ),
                ),
                ("text", models.TextField()),
                (
                    "author",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "family",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="sharing_agreements.family",
                    ),
                ),
                (
                    "meeting",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="points", to="cases.meeting"
                    ),
                ),
                (
                    "owner",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="sharing_agreements.agency"
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="sharing_agreements.person",
                    ),
                ),
                (
                    "sent_to",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="sharing_agreements.agency",
                    ),
                ),
                (
                    "sent_to_practitioner",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["meeting", "recorded_at"], name="point_meeting")],
            },
        ),
        sql_file(Path(__file__).parents[1] / "sql" / "0014_meetings.sql"),
    ]
