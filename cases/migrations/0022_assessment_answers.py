"""Answers of an assessment, question by question, and the versions of its form."""

import django.contrib.postgres.fields
import django.db.models.deletion
import django.utils.timezone
import uuid
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("cases", "0021_headings"),
        ("sharing_agreements", "0036_outside_reporter"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name="assessment",
            name="form_version",
            field=models.PositiveIntegerField(default=1, help_text="The form it was begun with, and is read with."),
        ),
        migrations.CreateModel(
            name="AssessmentAnswer",
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
                    "question",
                    models.CharField(help_text="Its code: the same in every version of the form.", max_length=40),
                ),
                ("words", models.TextField(blank=True)),
                (
                    "score",
                    models.PositiveSmallIntegerField(
                        blank=True, help_text="0 to 10; the form says what they mean.", null=True
                    ),
                ),
                ("revision", models.PositiveIntegerField(help_text="Which save of this assessment it came with.")),
                (
                    "said_on",
                    models.DateField(
                        help_text="The day it was first said: earlier than the row where it was confirmed."
                    ),
                ),
                (
                    "assessment",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="answers", to="cases.assessment"
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
                    "confirms",
                    models.ForeignKey(
                        blank=True,
                        help_text="The earlier answer.",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="cases.assessmentanswer",
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
        ),
        migrations.CreateModel(
            name="AssessmentForm",
            fields=[
                ("version", models.PositiveIntegerField(primary_key=True, serialize=False)),
                (
                    "sections",
                    models.JSONField(help_text="Sections with their questions, see cases/rules/assessment_form.py."),
                ),
                ("why", models.CharField(help_text="What is different, in one line.", max_length=300)),
                ("made_at", models.DateTimeField()),
                (
                    "made_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "ordering": ["-version"],
                "default_permissions": (),
            },
        ),
        migrations.AddIndex(
            model_name="assessmentanswer",
            index=models.Index(fields=["assessment", "revision"], name="answer_assessment"),
        ),
        migrations.AddConstraint(
            model_name="assessmentanswer",
            constraint=models.CheckConstraint(
                condition=models.Q(("score__isnull", True), ("score__lte", 10), _connector="OR"),
                name="a_score_of_an_answer_is_0_to_10",
            ),
        ),
    ]
