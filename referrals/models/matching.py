"""People in a report who may already be known. Nothing of the other person opens until somebody confirms."""

from django.db import models

from referrals.models.contact import Contact
from referrals.vocabulary import MatchBand, MatchState
from sharing_agreements.models import SharedRecord
from sharing_agreements.vocabulary import Kind, Level


class Match(SharedRecord):
    """One candidate for one reported person. `person` is the reported person; `about` both of them."""

    KIND = Kind.DECISION
    LEVEL = Level.FULL

    contact = models.ForeignKey(Contact, on_delete=models.PROTECT, related_name="matches")
    candidate = models.ForeignKey("sharing_agreements.Person", on_delete=models.PROTECT, related_name="+")
    band = models.CharField(max_length=10, choices=MatchBand)
    reasons = models.JSONField(default=list, help_text="Codes of what agrees and what does not.")
    state = models.CharField(max_length=10, choices=MatchState, default=MatchState.OPEN)
    settled_at = models.DateTimeField(null=True)
    settled_by = models.ForeignKey(
        "sharing_agreements.Practitioner", null=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["contact", "person", "candidate"], name="a_candidate_is_offered_once"),
            models.CheckConstraint(
                name="match_settled_at_and_by_together",
                condition=models.Q(settled_at=None, settled_by=None)
                | models.Q(settled_at__isnull=False, settled_by__isnull=False),
            ),
        ]
