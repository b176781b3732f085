"""E-mails that say that something waits, and how often a practitioner wants one. Neither knows what it is about."""

import uuid

from django.db import models
from django.db.models import Q

from sharing_agreements.models.practitioner import Practitioner
from sharing_agreements.vocabulary import HowOften


class NotificationChoice(models.Model):
    """How often somebody wants to be told by e-mail. Without a row: daily. Row security: their own only."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    practitioner = models.OneToOneField(Practitioner, on_delete=models.PROTECT, related_name="+")
    how_often = models.CharField(max_length=10, choices=HowOften, default=HowOften.DAILY)


class Notification(models.Model):
    """One e-mail to one practitioner that something waits: owed with this row, sent by a job, kept.

    Written by jobs. Its own practitioner reads it; an administrator only what did not arrive (gate.undelivered).
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    practitioner = models.ForeignKey(Practitioner, on_delete=models.PROTECT, related_name="+")
    address = models.EmailField()
    urgent = models.BooleanField()
    reference = models.CharField(max_length=12)
    made_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True, help_text="When the carrier took it.")
    theirs = models.CharField(max_length=64, blank=True, help_text="The carrier's own id, where it has one.")
    delivered_at = models.DateTimeField(null=True, help_text="When the carrier said that it arrived, where it says so.")
    returned_at = models.DateTimeField(null=True, help_text="When the carrier refused it or could not deliver it.")
    settled_at = models.DateTimeField(null=True, help_text="When an administrator sent another in its place.")

    class Meta:
        ordering = ["-made_at"]
        indexes = [
            models.Index(fields=["practitioner", "-made_at"], name="notification_last"),
            models.Index(
                fields=["made_at"],
                name="notification_not_there",
                condition=Q(settled_at=None) & (Q(sent_at=None) | Q(returned_at__isnull=False)),
            ),
            models.Index(
                fields=["sent_at"],
                name="notification_to_ask_after",
                condition=Q(delivered_at=None, returned_at=None) & ~Q(theirs=""),
            ),
        ]
