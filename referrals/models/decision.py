"""What the hub decided for each child, and why."""

from django.db import models

from referrals.models.contact import Contact
from referrals.models.report import ReportedChild
from referrals.vocabulary import LevelOfNeed, Outcome
from sharing_agreements.models import SharedRecord
from sharing_agreements.vocabulary import Kind, Level


class Decision(SharedRecord):
    """The outcome for one child and who does what next. One per reported child; a new look is a new contact."""

    KIND = Kind.DECISION
    LEVEL = Level.SUMMARY

    contact = models.ForeignKey(Contact, on_delete=models.PROTECT, related_name="decisions")
    reported_child = models.OneToOneField(ReportedChild, on_delete=models.PROTECT, related_name="decision")
    outcome = models.CharField(max_length=30, choices=Outcome)
    level_of_need = models.CharField(max_length=1, choices=LevelOfNeed)
    next_who = models.CharField(max_length=120, blank=True, help_text="Empty only when nobody does anything next.")
    next_what = models.CharField(max_length=300, blank=True)
    next_by = models.DateField(null=True)
    nobody_next = models.BooleanField(default=False, help_text="Said out loud: nobody does anything next.")
    held = models.BooleanField(default=False, help_text="Waits for a manager's look before anybody is told.")
    decided_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="a_decision_names_who_is_next_or_says_nobody",
                condition=models.Q(nobody_next=True, next_who="")
                | (models.Q(nobody_next=False) & ~models.Q(next_who="")),
            ),
        ]


class DecisionDetail(SharedRecord):
    """Why it was decided so, on what lawful basis, and what the family agreed to."""

    KIND = Kind.DECISION
    LEVEL = Level.FULL

    decision = models.OneToOneField(Decision, on_delete=models.PROTECT, related_name="detail")
    reason = models.TextField()
    lawful_basis = models.CharField(max_length=200)
    consent_state = models.CharField(max_length=20, blank=True)
    consent_reason = models.CharField(max_length=300, blank=True)
