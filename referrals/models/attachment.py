"""Photographs and papers of a report: with a draft, sent to the hub alone, and released one by one as the hub's copies.

The content stands in the row, so that backup and row security cover it. No name of a file is kept: people put names
in them.
"""

import uuid

from django.db import models

from referrals.models.draft import Draft
from referrals.models.report import Report
from referrals.vocabulary import FileSort
from sharing_agreements.models import SharedRecord
from sharing_agreements.vocabulary import Kind, Level


class DraftAttachment(models.Model):
    """A file with a report that is not sent. Row security: the draft's author only.

    No login deletes anything: when it is taken away or the report is sent, the row is emptied, as the draft is.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    draft = models.ForeignKey(Draft, on_delete=models.PROTECT, related_name="attachments")
    shows = models.CharField(max_length=120)
    sort = models.CharField(max_length=10, choices=FileSort)
    content = models.BinaryField()
    added_at = models.DateTimeField()
    emptied_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["added_at"]


class Attachment(SharedRecord):
    """A photograph or paper as sent with a report. For the hub only: no clause can open it."""

    KIND = Kind.HUB_ONLY
    LEVEL = Level.FULL

    report = models.ForeignKey(Report, on_delete=models.PROTECT, related_name="attachments")
    shows = models.CharField(max_length=120, help_text="What it shows, in the reporter's words.")
    sort = models.CharField(max_length=10, choices=FileSort)
    content = models.BinaryField(help_text="A picture without what the camera added; a paper as it was.")
    added_at = models.DateTimeField()

    class Meta:
        ordering = ["added_at"]


class ReleasedAttachment(SharedRecord):
    """The hub's copy of one attachment, for whoever an agreement lets read the hub's concern reports in full."""

    KIND = Kind.CONCERN
    LEVEL = Level.FULL

    attachment = models.ForeignKey(Attachment, on_delete=models.PROTECT, related_name="releases")
    report = models.ForeignKey(Report, on_delete=models.PROTECT, related_name="released_attachments")
    shows = models.CharField(max_length=120)
    sort = models.CharField(max_length=10, choices=FileSort)
    content = models.BinaryField()
    reason = models.CharField(max_length=300, help_text="Why it is right that others see it.")
    released_at = models.DateTimeField()

    class Meta:
        ordering = ["released_at"]
        constraints = [
            models.UniqueConstraint(fields=["attachment", "report"], name="an_attachment_is_released_once"),
        ]
