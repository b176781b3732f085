"""What the hub follows up itself, for one child: whose it is, what comes next by which day, and how it ended."""

from django.db import models

from referrals.models.decision import Decision
from referrals.vocabulary import FollowUpEnd
from sharing_agreements.models import SharedRecord
from sharing_agreements.vocabulary import Kind, Level


class FollowUp(SharedRecord):
    """One decision that the hub follows up. It always has somebody and a next step until it has ended."""

    KIND = Kind.DECISION
    LEVEL = Level.SUMMARY

    decision = models.OneToOneField(Decision, on_delete=models.PROTECT, related_name="follow_up")
    whose = models.ForeignKey("sharing_agreements.Practitioner", on_delete=models.PROTECT, related_name="+")
    next_what = models.CharField(max_length=300)
    next_by = models.DateField()
    began_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    ending = models.CharField(max_length=20, choices=FollowUpEnd, blank=True)
    agency = models.CharField(max_length=120, blank=True, help_text="Who goes on, where one agency is best placed.")

    class Meta:
        indexes = [
            models.Index(
                fields=["owner_no", "next_by"], name="follow_up_open_of_hub", condition=models.Q(ended_at=None)
            ),
        ]
        constraints = [
            models.CheckConstraint(
                name="an_ended_follow_up_says_how",
                condition=models.Q(ended_at=None, ending="")
                | (models.Q(ended_at__isnull=False) & ~models.Q(ending="")),
            ),
        ]


class FollowUpStep(SharedRecord):
    """What was done, and what it left for whom to do by when; the last one says why it ended. Never changed."""

    KIND = Kind.DECISION
    LEVEL = Level.FULL

    follow_up = models.ForeignKey(FollowUp, on_delete=models.PROTECT, related_name="steps")
    did = models.TextField()
    next_what = models.CharField(max_length=300, blank=True)
    next_by = models.DateField(null=True)
    whose = models.ForeignKey("sharing_agreements.Practitioner", null=True, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["at"]
