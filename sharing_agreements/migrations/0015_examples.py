"""Examples of what an agreement must and must not show, and the alarm when one of an agreement in force does not hold."""

import django.db.models.deletion
import django.utils.timezone
import uuid
from pathlib import Path

from django.db import migrations, models

from sharing_agreements.row_security import sql_file


class Migration(migrations.Migration):
    """Runs sql/0015_examples.sql on their tables."""

    dependencies = [
        ("sharing_agreements", "0012_simulate"),
    ]

    operations = [
        migrations.CreateModel(
            name="AgreementExample",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("number", models.PositiveSmallIntegerField()),
                ("must_see", models.BooleanField(help_text="Must not when not.")),
                (
                    "recipient_type",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("hub", "Multi-Agency Safeguarding Hub"),
                            ("police", "Police"),
                            ("transport_police", "Transport police"),
                            ("social_care", "Children's social care"),
                            ("early_help", "Early help service"),
                            ("adult_care", "Adult social care"),
                            ("community_health", "Community health"),
                            ("hospital", "Hospital"),
                            ("general_practice", "General practice"),
                            ("school", "School"),
                            ("alternative_provision", "Alternative provision"),
                            ("youth_justice", "Youth justice"),
                            ("probation", "Probation and prison"),
                            ("housing", "Housing"),
                            ("charity", "Charity"),
                            ("domestic_abuse", "Domestic abuse service"),
                            ("substance_use", "Substance use service"),
                            ("care_provider", "Care provider"),
                            ("court", "Court"),
                            ("employment", "Employment service"),
                        ],
                        max_length=30,
                    ),
                ),
                (
                    "recipient_group",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("every", "Any there is"),
                            ("party", "A party"),
                            ("stranger", "Not a party"),
                            ("inside", "In the district"),
                            ("outside", "Outside the district"),
                        ],
                        max_length=10,
                    ),
                ),
                ("recipient_district", models.CharField(blank=True, max_length=80)),
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
                    "provider_type",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("hub", "Multi-Agency Safeguarding Hub"),
                            ("police", "Police"),
                            ("transport_police", "Transport police"),
                            ("social_care", "Children's social care"),
                            ("early_help", "Early help service"),
                            ("adult_care", "Adult social care"),
                            ("community_health", "Community health"),
                            ("hospital", "Hospital"),
                            ("general_practice", "General practice"),
                            ("school", "School"),
                            ("alternative_provision", "Alternative provision"),
                            ("youth_justice", "Youth justice"),
                            ("probation", "Probation and prison"),
                            ("housing", "Housing"),
                            ("charity", "Charity"),
                            ("domestic_abuse", "Domestic abuse service"),
                            ("substance_use", "Substance use service"),
                            ("care_provider", "Care provider"),
                            ("court", "Court"),
                            ("employment", "Employment service"),
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
                ("is_involved", models.BooleanField(help_text="The recipient works with the person.")),
                ("agrees", models.BooleanField(help_text="The person agrees to the sharing.")),
                (
                    "stage",
                    models.SmallIntegerField(
                        choices=[
                            (0, "No case"),
                            (1, "A concern is being decided"),
                            (2, "Early help offered"),
                            (3, "Early help open"),
                            (4, "Stepped down, keeping in touch"),
                            (5, "Stepped up to social care"),
                            (6, "Closed"),
                        ]
                    ),
                ),
                (
                    "age",
                    models.SmallIntegerField(
                        choices=[
                            (0, "In the last 12 months"),
                            (24, "Between 1 and 3 years ago"),
                            (48, "More than 3 years ago"),
                        ],
                        default=0,
                    ),
                ),
                (
                    "agreement",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="examples",
                        to="sharing_agreements.agreement",
                    ),
                ),
                (
                    "provider_agency",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="sharing_agreements.agency",
                    ),
                ),
                (
                    "recipient_agency",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="sharing_agreements.agency",
                    ),
                ),
            ],
            options={
                "ordering": ["number"],
            },
        ),
        migrations.CreateModel(
            name="ExampleAlarm",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("found_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("because", models.TextField(help_text="Who sees it by which clause, or who does not.")),
                ("ended_at", models.DateTimeField(blank=True, null=True)),
                (
                    "example",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="alarms",
                        to="sharing_agreements.agreementexample",
                    ),
                ),
            ],
            options={
                "ordering": ["-found_at"],
            },
        ),
        migrations.AddConstraint(
            model_name="agreementexample",
            constraint=models.UniqueConstraint(
                fields=("agreement", "number"), name="an_example_number_once_per_agreement"
            ),
        ),
        migrations.AddConstraint(
            model_name="agreementexample",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("recipient_agency__isnull", False), ("recipient_group", ""), ("recipient_type", "")),
                    models.Q(
                        ("recipient_agency__isnull", True),
                        models.Q(("recipient_type", ""), _negated=True),
                        models.Q(("recipient_group", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="an_example_names_its_recipient_once",
            ),
        ),
        migrations.AddConstraint(
            model_name="agreementexample",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("recipient_group__in", ["inside", "outside"]),
                        models.Q(("recipient_district", ""), _negated=True),
                    ),
                    models.Q(
                        models.Q(("recipient_group__in", ["inside", "outside"]), _negated=True),
                        ("recipient_district", ""),
                    ),
                    _connector="OR",
                ),
                name="an_example_of_a_district_names_it",
            ),
        ),
        migrations.AddConstraint(
            model_name="agreementexample",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("provider_agency__isnull", False), ("provider_type", "")),
                    models.Q(("provider_agency__isnull", True), models.Q(("provider_type", ""), _negated=True)),
                    _connector="OR",
                ),
                name="an_example_names_its_provider_once",
            ),
        ),
        migrations.AddConstraint(
            model_name="examplealarm",
            constraint=models.UniqueConstraint(
                condition=models.Q(("ended_at__isnull", True)),
                fields=("example",),
                name="an_example_alarms_once_at_a_time",
            ),
        ),
        sql_file(Path(__file__).parents[1] / "sql" / "0015_examples.sql"),
    ]
