"""Why a record is open, who can see a family, what a practitioner can see; and requests for sharing."""

import uuid
from pathlib import Path

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from sharing_agreements.row_security import sql_file

SQL = Path(__file__).resolve().parent.parent / "sql"


class Migration(migrations.Migration):
    """Runs sql/0011_explain.sql and 0011_who_can_see.sql, then 0011_agreement_request.sql on its table."""

    dependencies = [
        ("sharing_agreements", "0010_agreement_life"),
    ]

    operations = [
        sql_file(SQL / "0011_explain.sql"),
        sql_file(SQL / "0011_who_can_see.sql"),
        migrations.CreateModel(
            name="AgreementRequest",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                (
                    "role",
                    models.CharField(
                        choices=[
                            ("reporter", "Reporter"),
                            ("supervisor", "Supervisor"),
                            ("decision_maker", "Hub decision-maker"),
                            ("navigator", "Hub navigator"),
                            ("emergency_duty", "Emergency duty worker"),
                            ("coordinator", "Early help coordinator"),
                            ("lead_practitioner", "Lead practitioner"),
                            ("team_member", "Team member"),
                            ("manager", "Manager"),
                            ("governance_lead", "Information-governance lead"),
                            ("analyst", "Board analyst"),
                            ("administrator", "Administrator"),
                        ],
                        help_text="The role that would read the records.",
                        max_length=30,
                    ),
                ),
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
                        ]
                    ),
                ),
                (
                    "level",
                    models.CharField(
                        choices=[("existence", "That something is held"), ("summary", "Summary"), ("full", "Full")],
                        max_length=10,
                    ),
                ),
                ("why", models.TextField(help_text="What the work needs it for; no child and no family.")),
                (
                    "missing",
                    models.TextField(help_text="What stood in the way on the day it was asked, by kinds and roles."),
                ),
                ("asked_at", models.DateTimeField()),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("waiting", "Waiting for an answer"),
                            ("drafting", "An agreement is being drafted"),
                            ("covered", "An agreement already covers it"),
                            ("refused", "Will not be shared"),
                        ],
                        default="waiting",
                        max_length=10,
                    ),
                ),
                ("answer", models.TextField(blank=True)),
                ("answered_at", models.DateTimeField(null=True)),
                ("version", models.PositiveIntegerField(default=1)),
                (
                    "agency",
                    models.ForeignKey(
                        help_text="Who asks.",
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="sharing_agreements.agency",
                    ),
                ),
                (
                    "answered_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "asked",
                    models.ForeignKey(
                        help_text="Whose records.",
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="sharing_agreements.agency",
                    ),
                ),
                (
                    "asked_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "ordering": ["-asked_at"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("agency", models.F("asked")), _negated=True), name="an_agency_asks_another"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("state", "waiting"),
                            models.Q(("answered_at__isnull", False), ("answered_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="an_answer_says_who_and_when",
                    ),
                ],
            },
        ),
        sql_file(SQL / "0011_agreement_request.sql"),
    ]
