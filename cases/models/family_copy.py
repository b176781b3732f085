"""What somebody of the family was given to read, and what they say is wrong."""

from django.db import models

from cases.models.case import Case
from cases.models.whom import AboutOne
from cases.vocabulary import HandedBy, Objected
from sharing_agreements.models import SharedRecord
from sharing_agreements.vocabulary import Kind, Level


class FamilyCopy(AboutOne, SharedRecord):
    """The copy of one named reader, `person`: exactly the lines a practitioner read before handing it over."""

    KIND = Kind.PLAN
    LEVEL = Level.FULL

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="family_copies")
    lines = models.JSONField(default=list, help_text="Pairs of a heading and a line, as they were read.")
    way = models.CharField(max_length=9, choices=HandedBy)


class Objection(AboutOne, SharedRecord):
    """What somebody of the family says is wrong, in their own words. It stays beside the record, answered or not."""

    KIND = Kind.PLAN
    LEVEL = Level.SUMMARY
    LEAD_MAY_UPDATE = True

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="objections")
    against = models.CharField(max_length=7, choices=Objected)
    words = models.TextField()
    answer = models.CharField(max_length=500, blank=True)
    answered_on = models.DateField(null=True, blank=True)

    class Meta:
        indexes = [models.Index(fields=["case", "-recorded_at"], name="objection_case")]
