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

    rules_version = models.BigIntegerField(
        default=0, editable=False, help_text="Version of all agreements together when it was written; 0: not noted."
    )

    class Meta:
        default_permissions = ()
        indexes = [
            models.Index(fields=["-at"], name="disclosure_newest"),
            models.Index(fields=["tx"], name="disclosure_settled"),
        ]


class LookBasis(models.Model):
    """What opened the records of one look: by owner, way and clause. Written by the job that seals, before it seals."""

    look_id = models.UUIDField(primary_key=True)
    at = models.DateTimeField(help_text="When it was asked, a few minutes after the look at most.")
    same_rules = models.BooleanField(help_text="No agreement had changed between the look and the asking.")
    openings = models.JSONField(
        help_text="One per owner, way and clause: records, kinds, and the clause with its version."
    )
    unopened = models.IntegerField(help_text="Records of the look that nothing opened any more when it was asked.")

    class Meta:
        default_permissions = ()
