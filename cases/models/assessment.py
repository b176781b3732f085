"""The early help assessment: when it was begun and finished, and what it says."""

from django.db import models

from cases.models.case import Case
from sharing_agreements.models import SharedRecord
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

    class Meta:
        indexes = [models.Index(fields=["case", "-recorded_at"], name="assessment_case")]


class AssessmentDetail(SharedRecord):
    """What is worrying, what works well, what must happen, and what the family says."""

    KIND = Kind.PLAN
    LEVEL = Level.FULL
    LEAD_MAY_UPDATE = True

    assessment = models.OneToOneField(Assessment, on_delete=models.PROTECT, related_name="detail")
    worries = models.TextField(blank=True)
    strengths = models.TextField(blank=True)
    needs_to_happen = models.TextField(blank=True)
    family_view = models.TextField(blank=True)
    child_view = models.TextField(blank=True)
