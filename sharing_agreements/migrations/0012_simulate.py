"""What would change if an agreement came into force or stopped: runs and their counts."""

import django.db.models.deletion
import uuid
from pathlib import Path
from django.conf import settings
from django.db import migrations, models

from sharing_agreements.row_security import sql_file


class Migration(migrations.Migration):
    """Runs sql/0012_simulate.sql on their tables."""

    dependencies = [
        ("sharing_agreements", "0014_seal"),
    ]

    operations = [
        migrations.CreateModel(
            name="SimulationRun",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                (
                    "supposed",
                    models.CharField(
                        choices=[
                            ("sign", "It came into force today"),
                            ("end", "It stopped today: suspended or ended"),
                            ("join", "An agency joined it today"),
                            ("leave", "A party left it today"),
                        ],
                        max_length=10,
                    ),
                ),
                ("asked_at", models.DateTimeField()),
                ("day", models.DateField(help_text="As if the change were made on this day.")),
                ("rules_version", models.BigIntegerField(help_text="Of the agreements it was compared with.")),
                ("revision", models.PositiveIntegerField(help_text="Of the draft.")),
                ("tables_total", models.PositiveSmallIntegerField()),
                ("tables_done", models.PositiveSmallIntegerField(default=0)),
                ("done_at", models.DateTimeField(blank=True, null=True)),
                (
                    "agency",
                    models.ForeignKey(
                        blank=True,
                        help_text="Who joins or leaves.",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="sharing_agreements.agency",
                    ),
                ),
                (
                    "agreement",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="simulations",
                        to="sharing_agreements.agreement",
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
            },
        ),
        migrations.CreateModel(
            name="SimulationLine",
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
                        max_length=30,
                    ),
                ),
                (
                    "purpose",
                    models.CharField(
                        choices=[
                            ("reporting", "Reporting a concern"),
                            ("triage", "Deciding what a concern needs"),
                            ("early_help", "Early help with a family"),
                            ("keeping_in_touch", "Keeping in touch after step-down"),
                            ("school_notice", "Domestic-abuse notice to a school"),
                            ("oversight", "Managing and supervising"),
                            ("governance", "Looking after agreements"),
                            ("evaluation", "Learning across the partnership"),
                            ("own_account", "Own account"),
                        ],
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
                ("gained", models.BooleanField(help_text="Lost when not.")),
                ("records", models.PositiveIntegerField()),
                ("families", models.PositiveIntegerField(help_text="Records that name no family are in none.")),
                (
                    "agency",
                    models.ForeignKey(
                        help_text="Who would see it.",
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="sharing_agreements.agency",
                    ),
                ),
                (
                    "run",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="lines",
                        to="sharing_agreements.simulationrun",
                    ),
                ),
            ],
        ),
        sql_file(Path(__file__).parents[1] / "sql" / "0012_simulate.sql"),
    ]
