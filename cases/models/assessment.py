"""The early help assessment: when it was begun and finished, what it says, and the form it is written on."""

from django.db import models

from cases.models.case import Case
from sharing_agreements.models import Practitioner, SharedRecord
from sharing_agreements.vocabulary import Kind, Level


class Assessment(SharedRecord):
    """Headline: dates and conclusions in words the team may read."""

    KIND = Kind.PLAN
    LEVEL = Level.SUMMARY
    LEAD_MAY_UPDATE = True

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="assessments")
    due_on = models.DateField(help_text="10 working days from the start (D14), as the partnership set it.")
    finished_at = models.DateTimeField(null=True, blank=True)
    conclusion = models.CharField(max_length=500, blank=True)
    form_version = models.PositiveIntegerField(default=1, help_text="The form it was begun with, and is read with.")

    class Meta:
        indexes = [models.Index(fields=["case", "-recorded_at"], name="assessment_case")]


class AssessmentAnswer(SharedRecord):
    """What somebody wrote to one question, about the family or about one person. Written once and never changed: the
    answer with the highest revision counts, earlier ones stay. `person` is whom the question was asked about."""

    KIND = Kind.PLAN
    LEVEL = Level.FULL

    assessment = models.ForeignKey(Assessment, on_delete=models.PROTECT, related_name="answers")
    question = models.CharField(max_length=40, help_text="Its code: the same in every version of the form.")
    words = models.TextField(blank=True)
    score = models.PositiveSmallIntegerField(null=True, blank=True, help_text="0 to 10; the form says what they mean.")
    revision = models.PositiveIntegerField(help_text="Which save of this assessment it came with.")
    said_on = models.DateField(help_text="The day it was first said: earlier than the row where it was confirmed.")
    confirms = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="+", help_text="The earlier answer."
    )

    class Meta:
        indexes = [models.Index(fields=["assessment", "revision"], name="answer_assessment")]
        constraints = [
            models.CheckConstraint(
                name="a_score_of_an_answer_is_0_to_10",
                condition=models.Q(score__isnull=True) | models.Q(score__lte=10),
            )
        ]


class AssessmentForm(models.Model):
    """One version of the form, as a partnership made it. Version 1 is the file that ships. Added, never changed.

    Row security: whoever acts reads it; administrators and managers of the early help service add.
    """

    version = models.PositiveIntegerField(primary_key=True)
    sections = models.JSONField(help_text="Sections with their questions, see cases/rules/assessment_form.py.")
    why = models.CharField(max_length=300, help_text="What is different, in one line.")
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(Practitioner, on_delete=models.PROTECT, related_name="+")

    class Meta:
        default_permissions = ()
        ordering = ["-version"]
