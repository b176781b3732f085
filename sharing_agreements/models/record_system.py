"""A program of one agency that comes in by the API, and the keys it proves itself by."""

import uuid

from django.db import models


class RecordSystem(models.Model):
    """A police record system, a school's, a hospital's. It acts under a post of its own in its agency, as a reporter:
    row security and the disclosure log know it as they know everybody. Added and ended by the gate alone."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    agency = models.ForeignKey("sharing_agreements.Agency", on_delete=models.PROTECT, related_name="+")
    post = models.OneToOneField("sharing_agreements.Post", on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=80)
    added_by = models.ForeignKey("sharing_agreements.Practitioner", on_delete=models.PROTECT, related_name="+")
    added_at = models.DateTimeField()
    ended_by = models.ForeignKey(
        "sharing_agreements.Practitioner", null=True, on_delete=models.PROTECT, related_name="+"
    )
    ended_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(
                fields=["agency", "name"], condition=models.Q(ended_at=None), name="one_running_system_of_a_name"
            ),
        ]

    def __str__(self) -> str:
        return self.name


class SystemKey(models.Model):
    """One key of a record system. What it is made of is kept nowhere; the gate has a digest, which no login reads."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    system = models.ForeignKey(RecordSystem, on_delete=models.PROTECT, related_name="keys")
    made_by = models.ForeignKey("sharing_agreements.Practitioner", on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    expires_on = models.DateField(help_text="The last day it opens anything.")
    revoked_by = models.ForeignKey(
        "sharing_agreements.Practitioner", null=True, on_delete=models.PROTECT, related_name="+"
    )
    revoked_at = models.DateTimeField(null=True)
    last_used_at = models.DateTimeField(null=True, help_text="To the minute.")

    class Meta:
        ordering = ["-made_at"]
