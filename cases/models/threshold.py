"""How long the partnership waits before the watch flags a case. Settings, not records: nothing personal."""

import uuid

from django.db import models

from cases.vocabulary import FlagRule
from sharing_agreements.models import Practitioner


class Threshold(models.Model):
    """One rule's numbers. Working days; the defaults in sql/0003 name their source."""

    rule = models.CharField(primary_key=True, max_length=20, choices=FlagRule)
    is_on = models.BooleanField(default=True)
    days = models.PositiveSmallIntegerField(help_text="Working days to wait before a flag is raised.")
    climbs_after = models.PositiveSmallIntegerField(help_text="Working days from the lead to the manager.")

    class Meta:
        ordering = ["rule"]

    def __str__(self) -> str:
        return self.get_rule_display()


class ThresholdTrial(models.Model):
    """What other numbers of a rule would flag, counted by the watch before anybody saves them. Numbers only.

    Row security: whoever asked reads it; the watch counts. `lines`: [agency, team, flagged now, flagged then].
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    practitioner = models.ForeignKey(Practitioner, on_delete=models.PROTECT, related_name="+")
    rule = models.CharField(max_length=20, choices=FlagRule)
    is_on = models.BooleanField()
    days = models.PositiveSmallIntegerField()
    climbs_after = models.PositiveSmallIntegerField()
    asked_at = models.DateTimeField()
    counted_at = models.DateTimeField(null=True)
    lines = models.JSONField(default=list)
