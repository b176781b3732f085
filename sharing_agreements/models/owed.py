"""Work the system owes: written down with the change that causes it, so that nothing is lost when a process dies.

`OwedJob` is the outbox, `DoneJob` the inbox. Redis only carries the bell: PostgreSQL alone knows what is owed
and what was done (docs/decisions: nothing lost). Neither table holds anything personal, only ids.
"""

import uuid

from django.db import models
from django.db.models import Q
from django.db.models.functions import Now

ATTEMPTS_ALLOWED = 8
"""A job that was started this many times without finishing stops and waits for an administrator."""


class OwedJob(models.Model):
    """One job owed. The key says what it is for: owing the same key again changes nothing."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    key = models.CharField(max_length=200, unique=True)
    job = models.CharField(max_length=60)
    payload = models.JSONField(default=dict, help_text="Ids, dates and small numbers; never words.")
    made_at = models.DateTimeField(db_default=Now())
    sent_at = models.DateTimeField(null=True, help_text="When the bell was last rung for it.")
    attempts = models.PositiveSmallIntegerField(default=0, help_text="Times a worker has started it.")
    last_error = models.CharField(
        max_length=120,
        blank=True,
        help_text="Kind of error only; its words may be personal.",
    )
    done_at = models.DateTimeField(null=True)
    stopped_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(
                fields=["sent_at"],
                name="owed_waiting",
                condition=Q(done_at__isnull=True, stopped_at__isnull=True),
            ),
            models.Index(
                fields=["stopped_at"],
                name="owed_stopped",
                condition=Q(stopped_at__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.job} {self.key}"


class DoneJob(models.Model):
    """That a key was done. Inserted in the transaction of the work, so a second worker finds it and stops."""

    key = models.CharField(primary_key=True, max_length=200)
    job = models.CharField(max_length=60)
    done_at = models.DateTimeField(db_default=Now())

    def __str__(self) -> str:
        return self.key
