"""The meetings of a case as its pages list them: what comes, what is not recorded yet, what was."""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from django.db.models import QuerySet

from cases.models import Case, Meeting, MeetingInvitation, MeetingMinutes, MeetingPlace, MeetingPoint
from cases.queries.pages.family_top import FamilyTop
from cases.queries.pages.known import CANNOT_NAME
from cases.vocabulary import Attendance, MeetingPart

READ = 30
INVITED_READ = 600
POINTS_READ = 300


@dataclass(frozen=True)
class Invited:
    """Somebody asked to a meeting, under the name this reader may know, and what they did."""

    invitation: UUID
    name: str
    attendance: Attendance
    practitioner: UUID | None

    @property
    def words(self) -> str:
        """What they did, once that is said."""
        return self.attendance.label.lower() if self.attendance != Attendance.INVITED else ""


@dataclass(frozen=True)
class MeetingLine:
    """One meeting as far as this reader may see it; `venue` and `minutes` are empty where they may not."""

    row: Meeting
    invited: list[Invited]
    venue: str
    minutes: str


@dataclass(frozen=True)
class Meetings:
    """The meetings of one case: to come (soonest first), past and not recorded yet, and recorded (newest first)."""

    to_come: list[MeetingLine]
    not_recorded: list[MeetingLine]
    past: list[MeetingLine]


def meetings_of(top: FamilyTop, *, now: datetime.datetime) -> Meetings:
    """Every meeting of the family's case that this reader may see, in two queries."""
    if top.case is None:
        return Meetings([], [], [])
    rows = list(Meeting.objects.visible().filter(case=top.case).order_by("-starts_at")[:READ])
    lines = _lines(rows, top)
    waiting = [line for line in lines if line.row.held is None]
    return Meetings(
        to_come=[line for line in reversed(waiting) if line.row.starts_at > now],
        not_recorded=[line for line in waiting if line.row.starts_at <= now],
        past=[line for line in lines if line.row.held is not None],
    )


def next_meeting(case: Case | None, *, now: datetime.datetime) -> Meeting | None:
    """The meeting of a case that comes next."""
    if case is None:
        return None
    to_come = Meeting.objects.visible().filter(case=case, held__isnull=True, starts_at__gt=now)
    found: Meeting | None = to_come.order_by("starts_at").first()
    return found


def held_meetings(case: Case) -> QuerySet[Meeting]:
    """The meetings of a case that took place, the newest first."""
    rows: QuerySet[Meeting] = Meeting.objects.visible().filter(case=case, held=True)
    return rows.order_by("-starts_at")


def invited_to(meeting: Meeting, top: FamilyTop) -> list[Invited]:
    """Who is asked to one meeting, practitioners first."""
    return _invited(_asked_to([meeting]), top).get(meeting.pk, [])


@dataclass(frozen=True)
class PointLine:
    """One point of a meeting: its words, whom it is about, and whose it is."""

    text: str
    about: str
    whose: str


@dataclass(frozen=True)
class MeetingCopy:
    """One reader's copy of a meeting: the points row security lets them read, and nothing made from the others.

    `nothing_from` names those invited who neither came nor wrote anything (domain F72).
    """

    meeting: MeetingLine
    points: dict[str, list[PointLine]]
    nothing_from: list[str]
    is_quiet: bool

    @property
    def parts(self) -> list[tuple[str, list[PointLine]]]:
        """Each part that has points, in the order of a meeting."""
        return [(MeetingPart(part).label, self.points[part]) for part in MeetingPart if part in self.points]


def meeting_copy(row: Meeting, top: FamilyTop, *, is_quiet: bool) -> MeetingCopy:
    """The copy of one meeting for the reader of this transaction. `is_quiet`: no guest list, no venue (users 2.20)."""
    (line,) = _lines([row], top)
    told = list(
        MeetingPoint.objects.visible()
        .filter(meeting=row)
        .select_related("author", "owner")
        .order_by("recorded_at", "id")[:POINTS_READ]
    )
    points: dict[str, list[PointLine]] = {}
    for point in told:
        whose = ", ".join(filter(None, [point.author.name if point.author else "", point.owner.name]))
        about = "" if set(point.about) == set(row.about) else _names(point.about, top)
        points.setdefault(point.part, []).append(PointLine(point.text, about, whose))
    sent = {row.author_id, *(point.author_id for point in told)}
    missing = [
        one.name
        for one in line.invited
        if one.practitioner and one.practitioner not in sent and one.attendance in UNHEARD
    ]
    return MeetingCopy(line, points, [] if is_quiet else missing, is_quiet)


UNHEARD = frozenset({Attendance.INVITED, Attendance.NOT_THERE})


def _names(people: Iterable[UUID], top: FamilyTop) -> str:
    return top.known.names(list(dict.fromkeys(top.anchors.get(person, person) for person in people)))


def _lines(rows: list[Meeting], top: FamilyTop) -> list[MeetingLine]:
    keys = [row.pk for row in rows]
    asked, places, written = (
        list(_asked_to(rows)),
        list(MeetingPlace.objects.visible().filter(meeting__in=keys)),
        list(MeetingMinutes.objects.visible().filter(meeting__in=keys)),
    )
    invited = _invited(asked, top)
    venues = {one.meeting_id: one.venue for one in places}
    minutes = {one.meeting_id: one.text for one in written}
    return [MeetingLine(row, invited.get(row.pk, []), venues.get(row.pk, ""), minutes.get(row.pk, "")) for row in rows]


def _asked_to(rows: Iterable[Meeting]) -> QuerySet[MeetingInvitation]:
    asked: QuerySet[MeetingInvitation] = MeetingInvitation.objects.visible().filter(meeting__in=[r.pk for r in rows])
    named = asked.select_related("practitioner", "agency")
    return named.order_by("practitioner__name", "recorded_at", "id")[:INVITED_READ]


def _invited(asked: Iterable[MeetingInvitation], top: FamilyTop) -> dict[UUID, list[Invited]]:
    found: dict[UUID, list[Invited]] = {}
    for one in asked:
        found.setdefault(one.meeting_id, []).append(
            Invited(one.pk, _name(one, top), Attendance(one.attendance), one.practitioner_id)
        )
    return found


def _name(one: MeetingInvitation, top: FamilyTop) -> str:
    if one.practitioner and one.agency:
        return f"{one.practitioner.name}, {one.agency.name}"
    return top.known[top.anchors.get(one.person_id, one.person_id)].name if one.person_id else CANNOT_NAME
