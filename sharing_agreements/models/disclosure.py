"""The disclosure log: who saw or did what, when, for which purpose. Append-only; no keys to live rows."""

import uuid

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils import timezone


class Disclosure(models.Model):
    """One row per page, export, notification or refusal. Ids and codes only: no names, no text."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    at = models.DateTimeField(default=timezone.now)
    practitioner_id = models.UUIDField(null=True)
    post_id = models.UUIDField(null=True)
    agency_id = models.UUIDField(null=True)
    role = models.CharField(max_length=30, blank=True)
    purpose = models.CharField(max_length=30, blank=True)
    job = models.CharField(max_length=60, blank=True)
    what = models.CharField(max_length=80, help_text="Route or verb.")
    outcome = models.CharField(max_length=40, default="seen", help_text="seen, done, or the refusal's code.")
    tables = models.JSONField(default=dict, help_text="Governed table -> rows read from it.")
    record_ids = ArrayField(models.UUIDField(), default=list, help_text="Ids of the governed rows read.")
    family_id = models.UUIDField(null=True)
    request_id = models.CharField(max_length=40, blank=True)
    basis = models.CharField(max_length=200, blank=True, help_text="For a verb: why it was lawful to send.")
    tx = models.BigIntegerField(
        default=0, editable=False, help_text="Transaction that wrote it; the database's to say."
    )

    class Meta:
        default_permissions = ()
        indexes = [
            models.Index(fields=["-at"], name="disclosure_newest"),
            models.Index(fields=["tx"], name="disclosure_settled"),
        ]
