"""Meetings: arranged without bringing anyone together who must be kept apart; recorded with who came."""

import datetime
from collections.abc import Iterable, Mapping
from uuid import UUID

from django.db import transaction

from cases import permissions, queries, refusals
from cases.actions import contributing
from cases.actions.recording import BASIS, day_of, owned, sent_like, write_event
from cases.models import Case, Meeting, MeetingInvitation, MeetingMinutes, MeetingPlace, MeetingPoint
from cases.vocabulary import Attendance, EventSource, MeetingKind, MeetingPart
from sharing_agreements.actions.recording import record_sending
from sharing_agreements.models import Agency, Post, Practitioner
from sharing_agreements.refusals import require
from sharing_agreements.vocabulary import Kind


@transaction.atomic
def arrange_meeting(
    *,
    case: Case,
    starts_at: datetime.datetime,
    practitioners: Iterable[tuple[Practitioner, Agency]],
    people: Iterable[UUID],
    by: Post,
    now: datetime.datetime,
    minutes_long: int = 60,
    meeting_kind: MeetingKind = MeetingKind.TEAM,
    venue: str = "",
    agenda: str = "",
) -> Meeting:
    """Arrange a meeting: an invitation carries time, length and a reference; the venue is closed like an address.
    Each line of `agenda` becomes a point of it.

    Refuses when somebody of the family is not safe to tell, or two of them must be kept apart.
    """
    require(permissions.why_not_lead_work(by=by, case=case, today=now))
    family = sorted(set(people))
    if family:
        require(refusals.NOT_SAFE_TO_TELL if queries.not_safe_to_tell(family) else None)
        require(refusals.KEPT_APART if queries.kept_apart(family) else None)
    columns = owned(by, now, about=queries.people_of(case), **sent_like(case))
    meeting = Meeting(
        **columns,
        case=case,
        meeting_kind=meeting_kind,
        starts_at=starts_at,
        minutes_long=minutes_long,
        reference=f"{case.reference}-{Meeting.objects.filter(case=case).values_list('pk', flat=True).count() + 1}",
    )
    meeting.save()
    if venue.strip():
        MeetingPlace(**columns, meeting=meeting, venue=venue[:200]).save()
    points = contributing.points_of(agenda)
    if points:
        contributing.add_points(
            meeting=meeting, part=MeetingPart.AGENDA, texts=points, people=meeting.about, by=by, now=now
        )
    for person in family:
        row = owned(by, now, person_id=person, **sent_like(case))
        MeetingInvitation(**row, meeting=meeting).save()
    for practitioner, agency in practitioners:
        row = columns | {"sent_to_id": agency.pk, "sent_to_practitioner_id": practitioner.pk}
        MeetingInvitation(**row, meeting=meeting, practitioner=practitioner, agency=agency).save()
    record_sending(
        what="invited to a meeting", by=by, record_ids=[meeting.pk], family=case.family_id, basis=BASIS, at=now
    )
    return meeting


@transaction.atomic
def record_meeting(
    *,
    meeting: Meeting,
    held: bool,
    attendance: Mapping[UUID, Attendance],
    by: Post,
    now: datetime.datetime,
    decided: str = "",
    minutes: str = "",
) -> bool:
    """Say whether a meeting took place, who came (invitation id -> attendance), and what was decided.

    Who is not spoken of and sent apologies beforehand is kept as having sent them, or a report with them.

    False, and nothing kept, when somebody recorded it meanwhile. Refuses one recorded before, and one said to have
    been held that has not begun.
    """
    require(permissions.why_not_record_meeting(by=by, meeting=meeting, held=held, now=now))
    rows = Meeting.objects.filter(pk=meeting.pk, version=meeting.version)
    if not rows.update(held=held, decided=decided[:500], version=meeting.version + 1):
        return False
    told = replied(meeting) if held else {}
    for invitation, what in (told | dict(attendance)).items():
        MeetingInvitation.objects.filter(pk=invitation, meeting=meeting).update(attendance=what)
    if minutes.strip():
        columns = owned(by, now, about=meeting.about, **sent_like(meeting))
        MeetingMinutes(**columns, meeting=meeting, text=minutes).save()
    write_event(
        people=meeting.about,
        family=meeting.family_id,
        kind=Kind.REVIEW,
        title=f"{meeting.get_meeting_kind_display()}: {decided or ('held' if held else 'did not take place')}",
        text=minutes,
        source=EventSource.MEETING,
        source_id=meeting.pk,
        by=by,
        now=now,
        happened_on=day_of(meeting.starts_at),
        sent_to=meeting.sent_to_id,
        hidden_from=meeting.hidden_from,
    )
    return True


def replied(meeting: Meeting) -> dict[UUID, Attendance]:
    """What each invited practitioner who cannot come sent beforehand, by invitation."""
    sent: dict[UUID | None, set[str]] = {}
    for author, part in MeetingPoint.objects.filter(
        meeting=meeting, part__in=[MeetingPart.APOLOGIES, MeetingPart.REPORT]
    ).values_list("author_id", "part"):
        sent.setdefault(author, set()).add(part)
    asked = MeetingInvitation.objects.filter(meeting=meeting, practitioner__in=[who for who in sent if who])
    found = {invitation: sent[who] for invitation, who in asked.values_list("pk", "practitioner_id")}
    return {
        invitation: Attendance.SENT_REPORT if MeetingPart.REPORT in parts else Attendance.APOLOGIES
        for invitation, parts in found.items()
        if MeetingPart.APOLOGIES in parts
    }
