"""What a member of the team finds wrong with the plan, and what the lead answered."""

from django.db import models

from cases.models.case import Case
from sharing_agreements.models import SharedRecord
from sharing_agreements.vocabulary import Kind, Level


class PlanConcern(SharedRecord):
    """Somebody of the team, of whatever agency, says that the plan does not work. Answered by the lead's side.

    Of the kind of the plan, and sent to the agency whose case it is: it reaches whoever leads, and not only those who
    happen to look.
    """

    KIND = Kind.PLAN
    LEVEL = Level.SUMMARY
    LEAD_MAY_UPDATE = True

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="plan_concerns")
    words = models.CharField(max_length=500)
    answer = models.CharField(max_length=500, blank=True)
    answered_on = models.DateField(null=True, blank=True)

    class Meta:
        indexes = [
            models.Index(fields=["case", "-recorded_at"], name="plan_concern_case"),
        ]
