"""People in a report who may already be known. Nothing of the other person opens until somebody confirms."""

import uuid

from django.db import models
from django.utils import timezone

from referrals.models.contact import Contact
from referrals.vocabulary import MatchBand, MatchState
from sharing_agreements.models import SharedRecord
from sharing_agreements.vocabulary import Kind, Level


class Match(SharedRecord):
    """One candidate for one person, reported or found by the night's list. `about`: both of them."""

    KIND = Kind.DECISION
    LEVEL = Level.FULL

    contact = models.ForeignKey(
        Contact,
        null=True,
        on_delete=models.PROTECT,
        related_name="matches",
        help_text="Empty: found by the night's list.",
    )
    candidate = models.ForeignKey("sharing_agreements.Person", on_delete=models.PROTECT, related_name="+")
    identity = models.ForeignKey(
        "sharing_agreements.Identity",
        on_delete=models.PROTECT,
        related_name="+",
        help_text="The account that matched: shown only to those who may read it.",
    )
    band = models.CharField(max_length=10, choices=MatchBand)
    reasons = models.JSONField(default=list, help_text="Code and weight of what agrees and what does not.")
    state = models.CharField(max_length=10, choices=MatchState, default=MatchState.OPEN)
    settled_at = models.DateTimeField(null=True)
    settled_by = models.ForeignKey(
        "sharing_agreements.Practitioner",
        null=True,
        on_delete=models.PROTECT,
        related_name="+",
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["contact", "person", "candidate"],
                name="a_candidate_is_offered_once",
            ),
            models.UniqueConstraint(
                fields=["owner", "person", "candidate"],
                condition=models.Q(contact=None),
                name="a_likeness_is_listed_once",
            ),
            models.CheckConstraint(
                name="match_settled_at_and_by_together",
                condition=models.Q(settled_at=None, settled_by=None)
                | models.Q(settled_at__isnull=False, settled_by__isnull=False),
            ),
        ]


class RestrictedMatch(models.Model):
    """A report may be about somebody whose records are closed: this person was told to look.

    Row security: the recipient, and the managers of the hub. Names nobody; the match itself stays closed.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    contact = models.ForeignKey(Contact, on_delete=models.PROTECT, related_name="+")
    reference = models.CharField(max_length=12)
    hub = models.ForeignKey("sharing_agreements.Agency", on_delete=models.PROTECT, related_name="+")
    recipient = models.ForeignKey("sharing_agreements.Practitioner", on_delete=models.PROTECT, related_name="+")
    is_named = models.BooleanField(help_text="On the list of people who may see the restricted person.")
    told_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["-told_at"]
        verbose_name_plural = "restricted matches"
        constraints = [
            models.UniqueConstraint(
                fields=["contact", "recipient"],
                name="somebody_is_told_of_a_contact_once",
            ),
        ]

    def __str__(self) -> str:
        return self.reference
