"""Flags the watch raises from reports. They belong to the hub (decision 19): nobody outside it reads one.

A flag carries ids as evidence, never counts or words of what it points at; a reader sees the rows behind it as far
as row security shows them.
"""

from django.contrib.postgres.fields import ArrayField
from django.db import models

from referrals.models.contact import Contact
from referrals.vocabulary import HubRule
from sharing_agreements.models import SharedRecord
from sharing_agreements.vocabulary import Kind, Level


class HubFlag(SharedRecord):
    """One rule fired for one subject, begun by one contact or for a family nobody helps. Raised and cleared by the
    jobs `watch_contacts` and `watch_families` alone.

    `about` is everybody in the contacts behind it, or the family's children, so whoever may not read about one of those
    reads no flag from it.
    """

    KIND = Kind.FLAG
    LEVEL = Level.FULL

    contact = models.ForeignKey(
        Contact,
        null=True,
        on_delete=models.PROTECT,
        related_name="flags",
        help_text="None where a family was looked at.",
    )
    rule = models.CharField(max_length=20, choices=HubRule)
    subject_id = models.UUIDField(help_text="The person, family, home, case or contact that the rule looked at.")
    evidence = ArrayField(models.UUIDField(), default=list, help_text="Rows the rule found; read them to show them.")
    raised_at = models.DateTimeField()
    raised_on = models.DateField()
    cleared_at = models.DateTimeField(null=True)
    climbed_at = models.DateTimeField(null=True, help_text="When it went on to the hub's manager.")
    snoozed_until = models.DateField(null=True)

    class Meta:
        indexes = [
            models.Index(
                fields=["owner_no", "raised_on"],
                name="hub_flag_open",
                condition=models.Q(cleared_at__isnull=True),
            ),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["rule", "subject_id", "contact"], name="a_hub_flag_is_raised_once", nulls_distinct=False
            ),
        ]


class HubFlagSnooze(SharedRecord):
    """Somebody at the hub put a flag off until a day, and why. Kept; the latest one counts."""

    KIND = Kind.FLAG
    LEVEL = Level.FULL

    flag = models.ForeignKey(HubFlag, on_delete=models.PROTECT, related_name="snoozes")
    until = models.DateField()
    reason = models.CharField(max_length=300)


class HubThreshold(models.Model):
    """One rule's numbers, a setting of the partnership. Nothing personal; sql/0006 says where the defaults are from."""

    rule = models.CharField(primary_key=True, max_length=20, choices=HubRule)
    is_on = models.BooleanField(default=True)
    times = models.PositiveSmallIntegerField(default=1, help_text="How many contacts make a repeat.")
    days = models.PositiveSmallIntegerField(help_text="How far back the rule looks, or how long it waits.")
    climbs_after = models.PositiveSmallIntegerField(help_text="Working days until the hub's manager sees it.")

    class Meta:
        ordering = ["rule"]

    def __str__(self) -> str:
        return self.get_rule_display()
