"""Copies for people of the family, and what they say is wrong."""

from pathlib import Path

import cases.models.whom
import django.contrib.postgres.fields
import django.db.models.deletion
import django.utils.timezone
import uuid
from django.conf import settings
from django.db import migrations, models

from sharing_agreements.row_security import sql_file


class Migration(migrations.Migration):
    """Makes the tables, then runs sql/0020_family_copies.sql."""

    dependencies = [
        ("cases", "0019_own_plans"),
        ("sharing_agreements", "0036_outside_reporter"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="FamilyCopy",
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
                    "lines",
                    models.JSONField(default=list, help_text="Pairs of a heading and a line, as they were read."),
                ),
                (
                    "way",
                    models.CharField(
                        choices=[
                            ("in_person", "Given to them in person"),
                            ("read_out", "Read to them"),
                            ("post", "Sent by post"),
                        ],
                        max_length=9,
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
                        on_delete=django.db.models.deletion.PROTECT, related_name="family_copies", to="cases.case"
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
                "abstract": False,
            },
            bases=(cases.models.whom.AboutOne, models.Model),
        ),
        migrations.CreateModel(
            name="Objection",
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
                    "against",
                    models.CharField(
                        choices=[
                            ("plan", "The plan"),
                            ("written", "Something written about us"),
                            ("review", "What a review said"),
                            ("shared", "Who is told what"),
                            ("other", "Something else"),
                        ],
                        max_length=7,
                    ),
                ),
                ("words", models.TextField()),
                ("answer", models.CharField(blank=True, max_length=500)),
                ("answered_on", models.DateField(blank=True, null=True)),
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
                        on_delete=django.db.models.deletion.PROTECT, related_name="objections", to="cases.case"
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
                "indexes": [models.Index(fields=["case", "-recorded_at"], name="objection_case")],
            },
            bases=(cases.models.whom.AboutOne, models.Model),
        ),
        sql_file(Path(__file__).parents[1] / "sql" / "0020_family_copies.sql"),
    ]
