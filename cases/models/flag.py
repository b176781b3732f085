"""Flags the watch raises on a case, and putting one off with a reason.

A flag follows its case: same kind, same people, so whoever may read the case may read the flag, and nobody else
(decision 19). It carries ids as evidence, never dates, counts or words of what it points at.
"""

from django.contrib.postgres.fields import ArrayField
from django.db import models

from cases.models.case import Case
from cases.vocabulary import FlagRule
from sharing_agreements.models import SharedRecord
from sharing_agreements.vocabulary import Kind, Level


class Flag(SharedRecord):
    """One rule fired for one subject in one episode. Raised and cleared by the job `watch_cases` alone."""

    KIND = Kind.CASE
    LEVEL = Level.SUMMARY
    LEAD_MAY_UPDATE = True

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="flags")
    rule = models.CharField(max_length=20, choices=FlagRule)
    subject_id = models.UUIDField(help_text="The case, or the child's keeping in touch, that the rule looked at.")
    episode = models.UUIDField(help_text="The row that began it: the same row never raises a second flag.")
    evidence = ArrayField(models.UUIDField(), default=list, help_text="Rows the rule found; read them to show them.")
    raised_at = models.DateTimeField()
    raised_on = models.DateField()
    cleared_at = models.DateTimeField(null=True, blank=True)
    climbed_at = models.DateTimeField(null=True, blank=True, help_text="When it went on from the lead to the manager.")
    snoozed_until = models.DateField(null=True, blank=True)

    class Meta:
        indexes = [
            models.Index(fields=["case"], name="flag_open_of_case", condition=models.Q(cleared_at__isnull=True)),
            models.Index(
                fields=["owner_no", "climbed_at", "raised_on", "id"],
                name="flag_open_of_owner",
                condition=models.Q(cleared_at__isnull=True),
            ),
        ]
        constraints = [
            models.UniqueConstraint(fields=["rule", "subject_id", "episode"], name="a_flag_is_raised_once"),
        ]

    def __str__(self) -> str:
        return self.get_rule_display()


class Snooze(SharedRecord):
    """Somebody put a flag off until a day, and why. Kept; the latest one counts."""

    KIND = Kind.CASE
    LEVEL = Level.SUMMARY

    flag = models.ForeignKey(Flag, on_delete=models.PROTECT, related_name="snoozes")
    until = models.DateField()
    reason = models.CharField(max_length=300)
