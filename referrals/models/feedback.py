"""What the hub says back to a reporter: questions, and what became of each child."""

from django.db import models

from referrals.models.report import Report, ReportedChild
from referrals.vocabulary import Later, Outcome, Sooner
from sharing_agreements.models import SharedRecord
from sharing_agreements.vocabulary import Kind, Level


class Question(SharedRecord):
    """The hub asks the reporter something. Owned by the hub, sent to the reporter; answers are additions."""

    KIND = Kind.FEEDBACK
    LEVEL = Level.FULL

    report = models.ForeignKey(Report, on_delete=models.PROTECT, related_name="questions")
    text = models.TextField()

    class Meta:
        ordering = ["recorded_at"]


class Feedback(SharedRecord):
    """What became of one child of a report, in stock words: that it is not decided yet, the decision, what came of it.

    Sent to the reporter.
    """

    KIND = Kind.FEEDBACK
    LEVEL = Level.SUMMARY

    report = models.ForeignKey(Report, on_delete=models.PROTECT, related_name="feedback")
    reported_child = models.ForeignKey(ReportedChild, on_delete=models.PROTECT, related_name="feedback")
    outcome = models.CharField(max_length=30, choices=[*Outcome.choices, *Later.choices, *Sooner.choices])
    text = models.TextField()

    class Meta:
        ordering = ["recorded_at"]


class FeedbackRead(SharedRecord):
    """That the reporter opened the feedback on a report. Owned by the reporter's agency, sent to the hub."""

    KIND = Kind.FEEDBACK
    LEVEL = Level.SUMMARY

    feedback = models.OneToOneField(Feedback, on_delete=models.PROTECT, related_name="read")
