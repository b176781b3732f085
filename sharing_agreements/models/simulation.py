"""What would change if an agreement came into force, stopped, or had a party more or less. Numbers only, no record."""

import uuid

from django.db import models

from sharing_agreements.models.agency import Agency
from sharing_agreements.models.agreement import Agreement
from sharing_agreements.models.practitioner import Practitioner
from sharing_agreements.vocabulary import Kind, Level, Purpose, Role, SupposedChange


class SimulationRun(models.Model):
    """One change supposed, counted part by part by a job. Begun and kept by the gate alone (sql/0024)."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    agreement = models.ForeignKey(Agreement, on_delete=models.CASCADE, related_name="simulations")
    supposed = models.CharField(max_length=10, choices=SupposedChange)
    agency = models.ForeignKey(
        Agency, null=True, blank=True, on_delete=models.PROTECT, related_name="+", help_text="Who joins or leaves."
    )
    starts_on = models.DateField(null=True, blank=True, help_text="Where another first and last day are supposed.")
    ends_on = models.DateField(null=True, blank=True)
    practitioner = models.ForeignKey(
        Practitioner,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        help_text="For whom alone it is counted; everybody when empty.",
    )
    for_agency = models.ForeignKey(
        Agency,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        help_text="The practitioner's agency, whose governance leads alone read it.",
    )
    asked_by = models.ForeignKey(Practitioner, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    day = models.DateField(help_text="On which it was counted: records and people are as they were then.")
    from_day = models.DateField(
        help_text="The first day on which the change matters; agreements are as they will be then."
    )
    rules_version = models.BigIntegerField(help_text="Of the agreements it was compared with.")
    revision = models.PositiveIntegerField(help_text="Of the draft.")
    parts_total = models.PositiveSmallIntegerField()
    parts_done = models.PositiveSmallIntegerField(default=0)
    done_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-asked_at"]


class SimulationLine(models.Model):
    """How many records of a kind and level one role of an agency would gain or lose, in how many families."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    run = models.ForeignKey(SimulationRun, on_delete=models.CASCADE, related_name="lines")
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+", help_text="Who would see it.")
    role = models.CharField(max_length=30, choices=Role)
    purpose = models.CharField(max_length=30, choices=Purpose)
    kind = models.SmallIntegerField(choices=Kind)
    level = models.CharField(max_length=10, choices=Level)
    gained = models.BooleanField(help_text="Lost when not.")
    records = models.PositiveIntegerField()
    families = models.PositiveIntegerField(help_text="Records that name no family are in none.")
