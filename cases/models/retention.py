"""Cases whose records are kept for long enough, and what people said of each. Nothing here deletes anything."""

from django.db import models

from cases.models.case import Case
from cases.vocabulary import HoldReason, RetentionStatus
from sharing_agreements.models import Practitioner, SharedRecord
from sharing_agreements.vocabulary import Kind, Level


class RetentionReview(SharedRecord):
    """One case on the list: its time is over, or nearly. Listed by the job `list_retention`, decided by managers.

    It follows its case, so whoever may not read the case finds no line of it.
    """

    KIND = Kind.CASE
    LEVEL = Level.SUMMARY

    case = models.OneToOneField(Case, on_delete=models.PROTECT, related_name="retention")
    ended_on = models.DateField(help_text="When the work with the last child ended.")
    due_on = models.DateField(help_text="The end of the month in which its time is over.")
    listed_on = models.DateField()
    taken_off_on = models.DateField(null=True, blank=True, help_text="Since when it is not due after all.")
    status = models.CharField(max_length=8, choices=RetentionStatus, default=RetentionStatus.WAITING)
    until = models.DateField(null=True, blank=True, help_text="Until when it is kept; then it waits again.")
    proposed_by = models.ForeignKey(Practitioner, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    agreed_by = models.ForeignKey(Practitioner, null=True, blank=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        indexes = [
            models.Index(
                fields=["owner_no", "status", "due_on", "id"],
                name="retention_list",
                condition=models.Q(taken_off_on__isnull=True),
            ),
        ]
        constraints = [
            models.CheckConstraint(
                name="a_kept_case_has_a_day",
                condition=models.Q(status="kept", until__isnull=False) | ~models.Q(status="kept"),
            ),
            models.CheckConstraint(
                name="disposal_takes_two_people",
                condition=~models.Q(status__in=["proposed", "marked"])
                | models.Q(status="proposed", proposed_by__isnull=False, agreed_by__isnull=True)
                | (
                    models.Q(status="marked", proposed_by__isnull=False, agreed_by__isnull=False)
                    & ~models.Q(proposed_by=models.F("agreed_by"))
                ),
            ),
        ]


class RetentionAnswer(SharedRecord):
    """What one manager said of a case on the list, and why. Kept for good; the newest counts."""

    KIND = Kind.CASE
    LEVEL = Level.SUMMARY

    review = models.ForeignKey(RetentionReview, on_delete=models.PROTECT, related_name="answers")
    status = models.CharField(max_length=8, choices=RetentionStatus)
    until = models.DateField(null=True, blank=True)
    hold = models.CharField(max_length=8, choices=HoldReason, blank=True)
    reason = models.CharField(max_length=300)

    class Meta:
        indexes = [models.Index(fields=["review", "-recorded_at"], name="retention_answer")]
