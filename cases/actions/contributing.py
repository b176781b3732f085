"""What a meeting is made of: points of its agenda and minutes, and what somebody sends who cannot come."""

import datetime
from collections.abc import Iterable
from typing import Any
from uuid import UUID, uuid4

from django.db import transaction

from cases import permissions, refusals
from cases.actions.recording import BASIS, day_of, owned, sent_like, write_event
from cases.models import Meeting, MeetingPoint
from cases.models.team import kind_for
from cases.vocabulary import EventSource, MeetingPart
from sharing_agreements.actions.recording import record_sending
from sharing_agreements.models import Post
from sharing_agreements.part_known import MONTHS
from sharing_agreements.refusals import require
from sharing_agreements.vocabulary import Kind


def points_of(text: str) -> list[str]:
    """Each line that says something is a point."""
    return [line.strip() for line in text.splitlines() if line.strip()]


@transaction.atomic
def add_points(
    *,
    meeting: Meeting,
    part: MeetingPart,
    texts: Iterable[str],
    people: Iterable[UUID],
    by: Post,
    now: datetime.datetime,
    says_where: bool = False,
) -> list[MeetingPoint]:
    """Put points about these people on the agenda or in the minutes of a meeting.

    `says_where`: they say where somebody lives, learns or is seen, so they are closed like an address. Refuses
    points without words or people, minutes of a meeting that has not begun, and an agenda after it was recorded.
    """
    require(permissions.why_not_add_points(by=by, meeting=meeting, part=part, now=now))
    words, about = [text for text in texts if text.strip()], sorted(set(people))
    require(None if words else refusals.NO_WORDS)
    require(None if about else refusals.NOBODY_NAMED)
    columns = owned(by, now, about=about, **sent_like(meeting))
    return _keep(meeting, part, words, kind=Kind.ADDRESS if says_where else Kind.REVIEW, **columns)


@transaction.atomic
def reply_to_meeting(
    *,
    meeting: Meeting,
    coming: bool,
    report: str,
    people: Iterable[UUID],
    by: Post,
    now: datetime.datetime,
    says_where: bool = False,
) -> list[MeetingPoint]:
    """Somebody invited sends a report, apologies or both before a meeting (domain F71); it joins the minutes.

    It is sent to whoever arranged the meeting; others read it as far as agreements open what a meeting said. A
    sensitive agency's has the kind of that agency's work, and writes no line in the chronology. Refuses whoever is
    not invited, a meeting that was recorded, a reply that says nothing, and a place told by a sensitive agency:
    what closes with an address is open to more agencies than that agency's own work.
    """
    require(permissions.why_not_reply_to(by=by, meeting=meeting))
    require(refusals.NO_PLACES if says_where and by.agency.sensitive else None)
    require(refusals.NO_WORDS if coming and not report.strip() else None)
    about = sorted(set(people)) or list(meeting.about)
    kind = Kind.ADDRESS if says_where else kind_for(by.agency, otherwise=Kind.REVIEW)
    columns = owned(by, now, about=about, family_id=meeting.family_id, hidden_from=meeting.hidden_from)
    columns |= {"sent_to_id": meeting.owner_id, "sent_to_practitioner_id": meeting.author_id, "kind": kind}
    kept = [] if coming else _keep(meeting, MeetingPart.APOLOGIES, ["Cannot come"], **columns)
    if report.strip():
        kept += _keep(meeting, MeetingPart.REPORT, [report], **columns)
    if not by.agency.sensitive:
        day = day_of(meeting.starts_at)
        what = "a report to" if report.strip() else "apologies for"
        write_event(
            people=about,
            family=meeting.family_id,
            kind=Kind.REVIEW,
            title=f"Sent {what} the meeting of {day.day} {MONTHS[day.month - 1]}",
            source=EventSource.MEETING,
            source_id=meeting.pk,
            by=by,
            now=now,
            sent_to=meeting.owner_id,
            sent_to_practitioner=meeting.author_id,
            hidden_from=meeting.hidden_from,
        )
    ids = [point.pk for point in kept]
    record_sending(what="sent to a meeting", by=by, record_ids=ids, family=meeting.family_id, basis=BASIS, at=now)
    return kept


def _keep(meeting: Meeting, part: MeetingPart, texts: list[str], **columns: Any) -> list[MeetingPoint]:
    """Points in the order given: their ids follow each other, because they are recorded at one moment."""
    first = uuid4().int
    points = [
        MeetingPoint(**columns, id=UUID(int=(first + n) % 2**128), meeting=meeting, part=part, text=text.strip())
        for n, text in enumerate(texts)
    ]
    return MeetingPoint.objects.bulk_create(points)
