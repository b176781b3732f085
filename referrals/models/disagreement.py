"""Somebody disagrees with a decision: what they say, and each rung of the ladder with its answer (decision 0081).

What they say is a record of their own agency, sent to the hub. The rung is the hub's, of the decision's kind and
people, so that whoever may see the decision sees that it is disputed and what was answered; and it is sent to whoever
disagrees. Nothing here is changed after it was written.
"""

from django.db import models

from referrals.models.decision import Decision
from referrals.models.report import ReportedChild
from referrals.vocabulary import Rung, RungBegan, RungVerdict
from sharing_agreements.models import SharedRecord
from sharing_agreements.vocabulary import Kind, Level


class Disagreement(SharedRecord):
    """What somebody says against the decision for one child. `first`: what they take further with it."""

    KIND = Kind.FEEDBACK
    LEVEL = Level.FULL

    reported_child = models.ForeignKey(ReportedChild, on_delete=models.PROTECT, related_name="disagreements")
    first = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="further")
    reason = models.TextField()
    may_harm = models.BooleanField(help_text="A child may come to harm while this waits.")


class DisagreementRung(SharedRecord):
    """One rung: who is to answer, since when, by when. Made by the jobs `receive_` and `climb_disagreements`.

    A decision has one ladder. Whoever disagrees with it besides has rungs of their own beside it, which `joins` names:
    their words and their reader, and the same answer.
    """

    KIND = Kind.DECISION
    LEVEL = Level.FULL

    disagreement = models.ForeignKey(Disagreement, on_delete=models.PROTECT, related_name="rungs")
    said = models.OneToOneField(
        Disagreement, null=True, on_delete=models.PROTECT, related_name="+", help_text="Empty where time took it here."
    )
    reported_child = models.ForeignKey(ReportedChild, on_delete=models.PROTECT, related_name="rungs")
    decision = models.ForeignKey(Decision, on_delete=models.PROTECT, related_name="rungs")
    rung = models.PositiveSmallIntegerField(choices=Rung)
    joins = models.ForeignKey(
        "self",
        null=True,
        on_delete=models.PROTECT,
        related_name="joined",
        help_text="The rung of the ladder it is beside.",
    )
    began = models.CharField(max_length=20, choices=RungBegan)
    words = models.TextField(help_text="What whoever disagrees says, as they sent it.")
    may_harm = models.BooleanField()
    began_at = models.DateTimeField()
    due_at = models.DateTimeField()

    class Meta:
        ordering = ["began_at", "rung"]
        constraints = [
            models.UniqueConstraint(fields=["disagreement", "rung"], name="a_disagreement_is_on_a_rung_once"),
            models.UniqueConstraint(
                fields=["decision", "rung"], condition=models.Q(joins=None), name="a_decision_has_one_ladder"
            ),
        ]


class RungAnswer(SharedRecord):
    """What was answered on one rung. The author is whoever recorded it; `who` names who answered from outside."""

    KIND = Kind.DECISION
    LEVEL = Level.FULL

    rung = models.OneToOneField(DisagreementRung, on_delete=models.PROTECT, related_name="answer")
    verdict = models.CharField(max_length=20, choices=RungVerdict)
    words = models.TextField()
    who = models.CharField(max_length=200, blank=True)
    answered_at = models.DateTimeField()
