"""Photographs and papers of a report: taken in, carried over when it is sent, and released one by one.

A file is taken only when a scanner has looked at it (decision 0076), is what its content says, and without what a
camera added. The report never waits for a file.
"""

import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet

from referrals import refusals
from referrals.actions import scanning
from referrals.actions.adding import add_to_report
from referrals.actions.scanning import Verdict
from referrals.actions.triaging import BASIS, enter, row_of
from referrals.models import Attachment, Contact, Draft, DraftAttachment, ReleasedAttachment, Report
from referrals.permissions import why_not_add, why_not_write
from referrals.permissions.hub import why_not_release
from referrals.queries.attachments import files_with
from referrals.rules import files
from referrals.rules.files import Made
from referrals.vocabulary import ContactStep
from sharing_agreements.actions.recording import record_sending
from sharing_agreements.models import Post
from sharing_agreements.refusals import Refused, require


def take(content: bytes, held: int) -> Made:
    """The file as it is kept. `held`: how many files the report has.

    Refused `files_too_many`, `file_too_big`, `no_scanner`, `scanner_silent`, `file_infected`, `file_not_read`. It is
    scanned as it came, before anything opens it.
    """
    require(refusals.FILES_TOO_MANY if held >= files.MOST_FILES else None)
    require(refusals.FILE_TOO_BIG if len(content) > files.MOST_BYTES else None)
    verdict = scanning.scan(content)
    require(None if verdict is Verdict.CLEAN else refusals.FILE_REFUSED[verdict.value])
    made = files.made_safe(content)
    if made is None:
        raise Refused(refusals.FILE_NOT_READ)
    return made


@transaction.atomic
def attach_to_draft(*, draft: Draft, shows: str, content: bytes, by: Post, now: datetime.datetime) -> DraftAttachment:
    """Keep a file with a report that is not sent."""
    held = Draft.objects.select_for_update().get(pk=draft.pk)
    require(why_not_write(draft=held, by=by))
    made = take(content, files_with(held).count())
    return DraftAttachment.objects.create(draft=held, shows=shows, sort=made.sort, content=made.content, added_at=now)


@transaction.atomic
def detach_from_draft(*, draft: Draft, attachment: UUID, by: Post, now: datetime.datetime) -> None:
    """Take a file away again before the report is sent. Taking it away twice changes nothing."""
    require(why_not_write(draft=draft, by=by))
    _empty(files_with(draft).filter(pk=attachment), now)


def _empty(rows: QuerySet[DraftAttachment], now: datetime.datetime) -> None:
    rows.update(shows="", content=b"", emptied_at=now)


def carry_over(draft: Draft, report: Report, by: Post) -> None:
    """The files of a draft become the report's, for the hub only; part of sending."""
    for one in files_with(draft):
        Attachment.objects.create(
            **_row(report, by, report.sent_at),
            shows=one.shows,
            sort=one.sort,
            content=bytes(one.content),
            added_at=one.added_at,
        )
    _empty(files_with(draft), report.sent_at)


@transaction.atomic
def attach_to_report(*, report: Report, shows: str, content: bytes, by: Post, now: datetime.datetime) -> Attachment:
    """Send a further file to the hub, which is told as of anything added."""
    require(why_not_add(report=report, by=by))
    Draft.objects.select_for_update().filter(pk=report.draft).first()
    made = take(content, report.attachments.count())
    kept = Attachment.objects.create(
        **_row(report, by, now), shows=shows, sort=made.sort, content=made.content, added_at=now
    )
    record_sending(what="attachment sent to hub", by=by, record_ids=[kept.pk], basis=BASIS, at=now)
    add_to_report(report=report, text="Sent a photograph or paper, for the hub only.", by=by, now=now)
    return kept


def _row(report: Report, by: Post, now: datetime.datetime) -> dict[str, Any]:
    return {
        "owner_id": report.owner_id,
        "author_id": by.practitioner_id,
        "about": report.about,
        "happened_on": report.happened_on,
        "recorded_at": now,
        "sent_to_id": report.sent_to_id,
        "hidden_from": report.hidden_from,
        "report": report,
    }


@transaction.atomic
def release_attachment(
    *, contact: Contact, attachment: Attachment, reason: str, by: Post, now: datetime.datetime
) -> ReleasedAttachment:
    """The hub makes a copy of its own that others may read where an agreement lets them; with a name and a time.

    It cannot be taken back: whoever may read it may have read it.
    """
    require(why_not_release(attachment=attachment, by=by, reason=reason))
    released = ReleasedAttachment.objects.create(
        **row_of(contact, by, now),
        attachment=attachment,
        report_id=attachment.report_id,
        shows=attachment.shows,
        sort=attachment.sort,
        content=bytes(attachment.content),
        reason=reason.strip(),
        released_at=now,
    )
    enter(contact, ContactStep.RELEASED, by, now, text=f"{attachment.shows}: {reason.strip()}")
    record_sending(what="attachment released", by=by, record_ids=[released.pk], basis=BASIS, at=now)
    return released
