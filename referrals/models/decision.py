"""What the hub decided for each child, and why."""

from django.db import models

from cases.vocabulary import ConsentState
from referrals.models.contact import Contact
from referrals.models.report import ReportedChild
from referrals.vocabulary import (
    EarlyHelpWay,
    HeldFor,
    LawfulBasis,
    LevelOfNeed,
    Outcome,
)
from sharing_agreements.models import SharedRecord
from sharing_agreements.vocabulary import Kind, Level


class Decision(SharedRecord):
    """The outcome for one child and who does what next. One stands per reported child; one sent back stays readable."""

    KIND = Kind.DECISION
    LEVEL = Level.SUMMARY

    contact = models.ForeignKey(Contact, on_delete=models.PROTECT, related_name="decisions")
    reported_child = models.ForeignKey(ReportedChild, on_delete=models.PROTECT, related_name="decisions")
    outcome = models.CharField(max_length=30, choices=Outcome)
    level_of_need = models.PositiveSmallIntegerField(choices=LevelOfNeed)
    next_who = models.CharField(
        max_length=120,
        blank=True,
        help_text="Empty only when nobody does anything next.",
    )
    next_what = models.CharField(max_length=300, blank=True)
    next_by = models.DateField(null=True)
    nobody_next = models.BooleanField(default=False, help_text="Said out loud: nobody does anything next.")
    way = models.CharField(
        max_length=10,
        choices=EarlyHelpWay,
        blank=True,
        help_text="How early help starts.",
    )
    case = models.ForeignKey("cases.Case", null=True, on_delete=models.PROTECT, related_name="+")
    team_words = models.CharField(max_length=300, blank=True, help_text="Why, in words those who take over may read.")
    held = models.BooleanField(default=False, help_text="Waits for a second person before anybody is told.")
    held_for = models.CharField(max_length=10, choices=HeldFor, blank=True)
    returned = models.BooleanField(default=False, help_text="A second person did not agree: decide again.")
    decided_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["reported_child"],
                name="one_decision_stands_for_a_reported_child",
                condition=models.Q(returned=False),
            ),
            models.CheckConstraint(
                name="a_held_decision_says_for_what",
                condition=models.Q(held=False) | ~models.Q(held_for=""),
            ),
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
    lawful_basis = models.CharField(max_length=200, choices=LawfulBasis)
    consent_state = models.CharField(max_length=20, choices=ConsentState, blank=True)
    consent_reason = models.CharField(max_length=300, blank=True)
    headings = models.JSONField(default=dict, help_text="DecisionHeading -> words, where the decider used them.")


class SecondLook(SharedRecord):
    """What a second person said about a held decision. The author is that person."""

    KIND = Kind.DECISION
    LEVEL = Level.FULL

    decision = models.OneToOneField(Decision, on_delete=models.PROTECT, related_name="second_look")
    agreed = models.BooleanField()
    reason = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="sending_a_decision_back_has_a_reason",
                condition=models.Q(agreed=True) | ~models.Q(reason=""),
            ),
        ]
