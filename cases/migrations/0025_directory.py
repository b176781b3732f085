"""The services directory, its keepers' tasks, and referrals of families to services."""

import django.contrib.postgres.fields
import django.db.models.deletion
import django.utils.timezone
import uuid
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("cases", "0024_no_boxes"),
        ("sharing_agreements", "0036_outside_reporter"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Service",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                (
                    "their_id",
                    models.CharField(help_text="Its id in the file it came from.", max_length=80, unique=True),
                ),
                ("name", models.CharField(max_length=200)),
                ("organization", models.CharField(blank=True, max_length=200)),
                ("description", models.TextField(blank=True)),
                ("url", models.CharField(blank=True, max_length=400)),
                ("email", models.CharField(blank=True, max_length=260)),
                ("phone", models.CharField(blank=True, max_length=60)),
                ("status", models.CharField(default="active", max_length=20)),
                ("eligibility_description", models.TextField(blank=True)),
                ("minimum_age", models.PositiveSmallIntegerField(blank=True, null=True)),
                ("maximum_age", models.PositiveSmallIntegerField(blank=True, null=True)),
                ("wait_time", models.CharField(blank=True, max_length=200)),
                ("application_process", models.TextField(blank=True, help_text="How to refer.")),
                ("fees_description", models.TextField(blank=True)),
                (
                    "assured_date",
                    models.DateField(blank=True, help_text="The day somebody last checked it.", null=True),
                ),
                (
                    "areas",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=120), default=list, size=None
                    ),
                ),
                (
                    "places",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=200), default=list, size=None
                    ),
                ),
                (
                    "terms",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=120), default=list, size=None
                    ),
                ),
                (
                    "headings",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(
                            choices=[
                                ("education", "Getting a good education"),
                                ("early_years", "Good early years development"),
                                ("health", "Better mental and physical health"),
                                ("substances", "Reduced harm from substances"),
                                ("relationships", "Better family relationships"),
                                ("safe_from_harm", "Children safe from abuse and exploitation"),
                                ("crime", "Kept from crime"),
                                ("domestic_abuse", "Safe from domestic abuse"),
                                ("housing", "Secure housing"),
                                ("money", "Financial stability"),
                            ],
                            max_length=16,
                        ),
                        default=list,
                        size=None,
                    ),
                ),
                (
                    "headings_are_ours",
                    models.BooleanField(default=False, help_text="A keeper said them: an import leaves them."),
                ),
                (
                    "whole",
                    models.JSONField(default=dict, help_text="The object as it came, with what is not shown here."),
                ),
                ("imported_at", models.DateTimeField()),
                ("version", models.PositiveIntegerField(default=1)),
            ],
            options={
                "ordering": ["name", "id"],
                "default_permissions": (),
                "indexes": [models.Index(fields=["assured_date"], name="service_assured")],
            },
        ),
        migrations.CreateModel(
            name="ServiceReferral",
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
                    "heading",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("education", "Getting a good education"),
                            ("early_years", "Good early years development"),
                            ("health", "Better mental and physical health"),
                            ("substances", "Reduced harm from substances"),
                            ("relationships", "Better family relationships"),
                            ("safe_from_harm", "Children safe from abuse and exploitation"),
                            ("crime", "Kept from crime"),
                            ("domestic_abuse", "Safe from domestic abuse"),
                            ("housing", "Secure housing"),
                            ("money", "Financial stability"),
                        ],
                        max_length=16,
                    ),
                ),
                ("area", models.CharField(blank=True, help_text="Ward or town, never an address.", max_length=80)),
                (
                    "action",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="service_referrals", to="cases.action"
                    ),
                ),
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
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="service_referrals", to="cases.case"
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
                    "need",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="cases.need"
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
                (
                    "service",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="referrals", to="cases.service"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="ServiceReferralStep",
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
                    "state",
                    models.CharField(
                        choices=[
                            ("sent", "Sent"),
                            ("accepted", "Accepted"),
                            ("waiting_list", "On a waiting list"),
                            ("started", "Started"),
                            ("finished", "Finished"),
                            ("refused", "Refused by the service"),
                            ("no_funding", "No funding for it"),
                        ],
                        max_length=12,
                    ),
                ),
                ("what", models.CharField(blank=True, max_length=300)),
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
                    "referral",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="steps", to="cases.servicereferral"
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
        ),
        migrations.CreateModel(
            name="UncheckedService",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("raised_on", models.DateField()),
                ("cleared_at", models.DateTimeField(blank=True, null=True)),
                (
                    "service",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="unchecked", to="cases.service"
                    ),
                ),
            ],
            options={
                "ordering": ["raised_on", "id"],
                "default_permissions": (),
            },
        ),
        migrations.AddIndex(
            model_name="servicereferral",
            index=models.Index(fields=["case"], name="service_referral_case"),
        ),
        migrations.AddIndex(
            model_name="servicereferralstep",
            index=models.Index(fields=["referral", "-recorded_at"], name="referral_steps"),
        ),
        migrations.AddConstraint(
            model_name="uncheckedservice",
            constraint=models.UniqueConstraint(
                condition=models.Q(("cleared_at__isnull", True)),
                fields=("service",),
                name="a_service_waits_for_one_check",
            ),
        ),
    ]
