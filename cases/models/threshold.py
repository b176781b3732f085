"""How long the partnership waits before the watch flags a case. Settings, not records: nothing personal."""

from django.db import models

from cases.vocabulary import FlagRule


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
