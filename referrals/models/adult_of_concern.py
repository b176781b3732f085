"""An adult whom police or social care record as a risk to children, so that the hub hears of them elsewhere."""

from django.db import models

from referrals.models.report import ReportedAdult
from referrals.vocabulary import RiskGrade
from sharing_agreements.models import SharedRecord
from sharing_agreements.vocabulary import Kind, Level


class AdultOfConcern(SharedRecord):
    """Why one adult of a report is a risk, from what source, how sure, and until when that is to be looked at again.

    Of the kind that no clause can release: its own agency as far as its roles reach, and the hub it is sent to. There
    is no list of these rows and no page of a person; the hub reads one beside a report the adult is named in.
    """

    KIND = Kind.HUB_ONLY
    LEVEL = Level.FULL

    reported_adult = models.OneToOneField(ReportedAdult, on_delete=models.PROTECT, related_name="concern")
    why = models.CharField(max_length=500, help_text="The risk to children, in a sentence or two.")
    source = models.CharField(max_length=200, help_text="Where it comes from: an order, a conviction, a record.")
    grade = models.CharField(max_length=12, choices=RiskGrade)
    review_on = models.DateField(help_text="After this day the record raises nothing until it is recorded anew.")
