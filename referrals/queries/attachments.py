"""Photographs and papers as this reader may see them. Lists leave the content in the database."""

from uuid import UUID

from django.db.models import QuerySet

from referrals.models import Attachment, Draft, DraftAttachment, ReleasedAttachment, Report


def files_with(draft: Draft) -> QuerySet[DraftAttachment]:
    """The files of a report that is not sent, for its author; those taken away left out."""
    rows: QuerySet[DraftAttachment] = DraftAttachment.objects.filter(draft=draft, emptied_at=None)
    return rows


def attachments_of(report: UUID) -> QuerySet[Attachment]:
    """What was sent with a report, for its reporter and the hub, in the order it was added."""
    rows: QuerySet[Attachment] = Attachment.objects.visible().filter(report_id=report)
    return rows.defer("content").prefetch_related("releases__author")


def released_with(report: Report) -> QuerySet[ReleasedAttachment]:
    """What the hub released of a report, for whoever an agreement lets read it."""
    rows: QuerySet[ReleasedAttachment] = ReleasedAttachment.objects.visible().filter(report_id=report.pk)
    return rows.defer("content").select_related("author")
