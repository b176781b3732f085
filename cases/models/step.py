"""Stepping up to social care, stepping down to keeping in touch, and closing."""

from typing import cast
from uuid import UUID

from django.db import models

from cases.models.case import Case
from cases.models.whom import AboutOne
from cases.vocabulary import ClosingReason, StepUpResult, WatchAnswer
from sharing_agreements.models import SharedRecord
from sharing_agreements.vocabulary import Kind, Level


class StepUp(AboutOne, SharedRecord):
    """A child is handed to social care. Not done until a named person there confirms receipt (StepUpAnswer)."""

    KIND = Kind.CASE
    LEVEL = Level.SUMMARY

    case = models.ForeignKey(Case, null=True, blank=True, on_delete=models.PROTECT, related_name="step_ups")
    reason = models.CharField(max_length=300)
    source_id = models.UUIDField(
        null=True,
        blank=True,
        help_text="The decision, when the hub steps up a contact.",
    )
    due_at = models.DateTimeField(help_text="By when receipt should be confirmed.")

    class Meta:
        indexes = [models.Index(fields=["case"], name="step_up_case")]

    @property
    def receiver(self) -> UUID:
        """The agency it was sent to; a step up always has one."""
        return cast(UUID, self.sent_to_id)


class StepUpDetail(SharedRecord):
    """What social care must know, on one page."""

    KIND = Kind.CASE
    LEVEL = Level.FULL

    step_up = models.OneToOneField(StepUp, on_delete=models.PROTECT, related_name="detail")
    handover = models.TextField()


class StepUpAnswer(SharedRecord):
    """What was said of a step up: receipt by a named person with their reference, a no, a dispute, a taking back."""

    KIND = Kind.CASE
    LEVEL = Level.SUMMARY

    step_up = models.ForeignKey(StepUp, on_delete=models.PROTECT, related_name="answers")
    result = models.CharField(max_length=12, choices=StepUpResult)
    named_person = models.CharField(max_length=120, blank=True)
    answered_at = models.DateTimeField()
    their_reference = models.CharField(max_length=60, blank=True)
    reason = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="receipt_has_a_named_person_and_a_reference",
                condition=~models.Q(result="received") | (~models.Q(named_person="") & ~models.Q(their_reference="")),
            ),
            models.CheckConstraint(
                name="not_accepted_or_disputed_has_a_reason",
                condition=models.Q(result="received") | ~models.Q(reason=""),
            ),
        ]


class Watch(SharedRecord):
    """Keeping in touch with one child after step-down: 26 weeks (D22). The family is told."""

    KIND = Kind.CASE
    LEVEL = Level.SUMMARY
    LEAD_MAY_UPDATE = True

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="watches")
    starts_on = models.DateField()
    ends_on = models.DateField()
    family_told_on = models.DateField()
    family_view = models.CharField(max_length=300, help_text="What the family says about keeping in touch.")
    on_lists = models.BooleanField(default=True, help_text="The family agreed that partners are told to look out.")
    ended_on = models.DateField(null=True, blank=True)
    ended_answer = models.CharField(max_length=20, choices=WatchAnswer, blank=True)
    ended_because = models.CharField(max_length=300, blank=True)

    class Meta:
        verbose_name_plural = "watches"
        indexes = [
            models.Index(
                fields=["ends_on"],
                name="watch_running",
                condition=models.Q(ended_on__isnull=True),
            )
        ]
        constraints = [
            models.CheckConstraint(
                name="a_watch_ends_with_an_answer",
                condition=models.Q(ended_on__isnull=True, ended_answer="")
                | (models.Q(ended_on__isnull=False) & ~models.Q(ended_answer="")),
            )
        ]


class WatchPrompt(SharedRecord):
    """A week in which the lead asks how a child is doing: 4, 12 and 26 (D22)."""

    KIND = Kind.CASE
    LEVEL = Level.SUMMARY
    LEAD_MAY_UPDATE = True

    watch = models.ForeignKey(Watch, on_delete=models.PROTECT, related_name="prompts")
    week = models.PositiveSmallIntegerField()
    due_on = models.DateField()
    answer = models.CharField(max_length=20, choices=WatchAnswer, blank=True)
    answered_on = models.DateField(null=True, blank=True)
    words = models.CharField(max_length=300, blank=True)

    class Meta:
        indexes = [
            models.Index(
                fields=["due_on"],
                name="prompt_waiting",
                condition=models.Q(answered_on__isnull=True),
            )
        ]


class ClosingSummary(SharedRecord):
    """Why the work with one child ended, in words its author approved for whoever meets the family next."""

    KIND = Kind.CASE
    LEVEL = Level.SUMMARY

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="closings")
    reason = models.CharField(max_length=14, choices=ClosingReason)
    summary = models.CharField(max_length=600)
    if_they_return = models.CharField(max_length=300, blank=True, help_text="What to do if they come back.")
    sign_off = models.ForeignKey("cases.SignOff", null=True, on_delete=models.PROTECT, related_name="closings")


class ClosingDetail(SharedRecord):
    """The closing record in full."""

    KIND = Kind.CASE
    LEVEL = Level.FULL

    closing = models.OneToOneField(ClosingSummary, on_delete=models.PROTECT, related_name="detail")
    what_changed = models.TextField(blank=True)
    not_achieved = models.TextField(blank=True)
    family_view = models.TextField(blank=True)
    child_view = models.TextField(blank=True)
    who_stays = models.TextField(blank=True)
