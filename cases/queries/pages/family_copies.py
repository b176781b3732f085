"""A copy for one person of the family: what may be in it, what is left out and why, and what was handed over before.

Only what is read here can be in a copy: the lead, the team's open part, the plan, better or worse, meetings the reader
is asked to, what they said themselves, and who can see what. Whether a line is in it is cases.rules.why_not_in_copy.
"""

import datetime
import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from cases import queries
from cases.models import (
    Action,
    FamilyCopy,
    HealthContact,
    Household,
    Meeting,
    MeetingInvitation,
    MeetingPlace,
    Need,
    Objection,
    Outcome,
    Relationship,
    Review,
    ReviewScore,
    SchoolPlace,
    TeamMember,
)
from cases.queries.pages.family_top import FamilyTop
from cases.queries.pages.leading import Leading, answer_to, team_of
from cases.rules import CopyItem, CopyReader, why_not_in_copy
from cases.vocabulary import ActionStatus, Change, ConsentState
from sharing_agreements.models import Address, Agency, SharedRecord
from sharing_agreements.part_known import MONTHS
from sharing_agreements.presenting.seeing import Sees
from sharing_agreements.vocabulary import SCHOOLS, AgencyType, Kind
from sharing_agreements.working_time import LONDON

READ = 200
WITH_CHILDREN = SCHOOLS | {AgencyType.EARLY_HELP, AgencyType.COMMUNITY_HEALTH}
"""Agencies that may be named in a copy: that others are there could tell of another adult's services (users 2.6)."""
AT_A_PLACE = SCHOOLS | {AgencyType.COMMUNITY_HEALTH, AgencyType.GENERAL_PRACTICE, AgencyType.HOSPITAL}
"""Agencies whose name tells where somebody can be found."""
SAID = frozenset({ConsentState.AGREED, ConsentState.PARTLY, ConsentState.DECLINED, ConsentState.WITHDRAWN})
OPEN_KINDS = {
    Kind.IDENTITY: "names and dates of birth",
    Kind.CASE: "that we help you, and who leads",
    Kind.PLAN: "the plan",
    Kind.REVIEW: "what meetings and reviews said",
    Kind.NOTE: "notes of visits and calls",
    Kind.CONSENT: "what you said about help",
    Kind.HOUSEHOLD: "who lives together and how to reach you",
}
"""Kinds that a copy says others can see; naming any other kind would tell that it is held."""

WHO, WORK, DOES, GOING = "Who works with you", "What we work on", "Who does what", "How it is going"
MEETS, YOU, SEES = "Meetings you are asked to", "What you told us", "Who can see what"
ASK = "Others see something only where the law lets them. Ask your lead practitioner."


@dataclass(frozen=True)
class CopyLine:
    """One line under its heading; `why_not` says why it is left out."""

    heading: str
    text: str
    why_not: str | None = None


@dataclass(frozen=True)
class Composed:
    """A copy as it would be handed over, and what was left out of it."""

    lines: list[CopyLine]
    left_out: list[CopyLine]

    @property
    def mark(self) -> str:
        """What was read: another mark means that the copy has changed since."""
        said = "\n".join(f"{line.heading}: {line.text}" for line in self.lines)
        return hashlib.sha256(said.encode()).hexdigest()


Candidate = tuple[str, CopyItem]


def reader_of(top: FamilyTop, person: UUID) -> CopyReader:
    """Whom this reader may read of: themselves and, with parental responsibility, their children in the case.

    Who is kept apart from somebody reads of themselves alone. Places count where anybody is hidden or kept apart.
    """
    people = list(top.people)
    pairs = queries.kept_apart(people)
    apart = any(person in pair for pair in pairs)
    children = {place.whom for place in top.places_in_case}
    circle = {person} if apart or person in children else {person} | _responsible_for(top, person, children)
    strangers = [one for one in people if one not in circle]
    quiet = top.keeps_quiet or bool(pairs)
    return CopyReader(
        person,
        frozenset(circle),
        frozenset(name for one in strangers for name in _called(top, one)),
        frozenset(_places(top)) if quiet else None,
    )


def _responsible_for(top: FamilyTop, person: UUID, children: set[UUID]) -> set[UUID]:
    anchors = [anchor for anchor, root in top.anchors.items() if root == person] or [person]
    ties = Relationship.objects.visible().filter(
        person__in=anchors, parental_responsibility=True, ended_on__isnull=True
    )
    found = {top.anchors.get(to, to) for to in ties.values_list("to_person_id", flat=True)[:READ]}
    return found & children


def _called(top: FamilyTop, person: UUID) -> list[str]:
    known = top.known.get(person)
    if known is None:
        return []
    given = known.name.removesuffix(known.family_name).strip() if known.family_name else known.name
    return [known.name, given]


def _places(top: FamilyTop) -> Iterator[str]:
    """Words by which somebody could be found, as far as this reader may see them, and every school and practice."""
    about = {"about__overlap": list(top.anchors)}
    yield from SchoolPlace.objects.visible().filter(**about).values_list("name", flat=True)[:READ]
    yield from HealthContact.objects.visible().filter(**about).values_list("name", flat=True)[:READ]
    yield from Household.objects.visible().filter(**about).values_list("name", flat=True)[:READ]
    yield from MeetingPlace.objects.visible().filter(**about).values_list("venue", flat=True)[:READ]
    lived = Address.objects.visible().filter(**about).values_list("line", "town", "postcode")
    for address in lived[:READ]:
        yield from address
    for names in Agency.objects.filter(type__in=AT_A_PLACE).values_list("name", "short_name"):
        yield from names


def compose_copy(
    top: FamilyTop, person: UUID, *, leading: Leading, seers: Iterable[Sees], now: datetime.datetime
) -> Composed:
    """The copy of one person of the family's case as this practitioner could hand it over now."""
    reader = reader_of(top, person)
    lines: list[CopyLine] = []
    left_out: list[CopyLine] = []
    for heading, item in _candidates(top, reader, now):
        why_not = why_not_in_copy(item, reader)
        (left_out if why_not else lines).append(CopyLine(heading, item.text, why_not))
    head = list(_who(top, leading, reader))
    return Composed([*head, *lines, *_who_sees(seers, reader)], left_out)


def _who(top: FamilyTop, leading: Leading, reader: CopyReader) -> Iterator[CopyLine]:
    quiet = reader.places is not None
    if leading.lead:
        agency = "" if quiet else leading.lead.agency
        ring = f". Ring {leading.lead.phone}" if leading.lead.phone else ""
        named = ", ".join(filter(None, [leading.lead.name, agency]))
        yield CopyLine(WHO, f"{named}, leads the work with you{ring}")
    for place in team_of(top.case) if top.case and not quiet else []:
        if _is_there(place) and place.agency.type in WITH_CHILDREN and not place.agency.sensitive:
            yield CopyLine(WHO, f"{place.practitioner.name}, {place.agency.name}")


def _is_there(place: TeamMember) -> bool:
    answer = answer_to(place)
    return place.ended_on is None and answer is not None and answer.accepted


def _who_sees(seers: Iterable[Sees], reader: CopyReader) -> Iterator[CopyLine]:
    if reader.places is None:
        found: dict[int, set[int]] = {}
        for one in seers:
            if one.level > 1 and one.opening.kind in OPEN_KINDS:
                found.setdefault(one.agency_no, set()).add(one.opening.kind)
        named = Agency.objects.filter(no__in=found, sensitive=False, type__in=WITH_CHILDREN | {AgencyType.HUB})
        for agency in named.order_by("name"):
            kinds = ", ".join(words for kind, words in OPEN_KINDS.items() if kind in found[agency.no])
            yield CopyLine(SEES, f"{agency.name}: {kinds}")
    yield CopyLine(SEES, ASK)


def _candidates(top: FamilyTop, reader: CopyReader, now: datetime.datetime) -> Iterator[Candidate]:
    case = {"case": top.case}
    needs = list(_read(Need.objects.visible().filter(**case, ended_on__isnull=True)))
    headings = {need.pk: need.heading for need in needs}
    yield from ((WORK, _item(top, need, need.title, need.heading)) for need in needs)
    for outcome in _read(Outcome.objects.visible().filter(need__in=needs, reached_on__isnull=True)):
        words = f"What will be different: {outcome.title}"
        yield WORK, _item(top, outcome, words, headings[outcome.need_id])
    actions = Action.objects.visible().filter(**case, status=ActionStatus.OPEN).select_related("doer", "doer_agency")
    for action in _read(actions):
        yield DOES, _action(top, action, headings, reader)
    yield from _going(top, needs)
    yield from _meetings(top, reader, now)
    yield from _told(top, reader)


def _read(rows: QuerySet[Any, Any]) -> QuerySet[Any, Any]:
    return rows.select_related("owner").order_by("recorded_at", "id")[:READ]


def _item(top: FamilyTop, row: SharedRecord, text: str, heading: str = "", *, closed: bool = False) -> CopyItem:
    return CopyItem(
        text,
        frozenset(top.anchors.get(one, one) for one in row.about),
        heading,
        is_kept_from_some=closed or bool(row.restricted or row.hidden_from),
        is_sensitive=row.owner.sensitive,
    )


def _action(top: FamilyTop, action: Action, headings: dict[UUID, str], reader: CopyReader) -> CopyItem:
    """Who does it is named by agency only where that may be told; an action of a need that is not read stays out."""
    agency = action.doer_agency
    told = agency.type in WITH_CHILDREN and reader.places is None
    who = f"{action.doer.name}, {agency.name}" if told else "Somebody in the team"
    text = f"{action.title}. {who}, by {_day(action.due_on)}"
    heading = headings.get(action.need_id, "") if action.need_id else ""
    closed = agency.sensitive or bool(action.need_id and action.need_id not in headings)
    return _item(top, action, text, heading, closed=closed)


def _going(top: FamilyTop, needs: list[Need]) -> Iterator[Candidate]:
    """The last review's better, same or worse, and when we look again; never its words, which are the team's."""
    reviews = Review.objects.visible().filter(case=top.case).select_related("owner")
    by_need = {need.pk: need for need in needs}
    for review in reviews.order_by("-happened_on", "-recorded_at")[:1]:
        for score in _read(ReviewScore.objects.visible().filter(review=review, need__in=needs)):
            need = by_need[score.need_id]
            yield GOING, _item(top, need, f"{need.title}: {Change(score.change).label.lower()}", need.heading)
        if review.next_review_on:
            yield GOING, _item(top, review, f"We look at the plan again on {_day(review.next_review_on)}")


def _meetings(top: FamilyTop, reader: CopyReader, now: datetime.datetime) -> Iterator[Candidate]:
    """Time and length of meetings the reader is asked to; no place, and nothing where somebody is kept apart."""
    if reader.places is not None:
        return
    to_come = Meeting.objects.visible().filter(case=top.case, held__isnull=True, starts_at__gt=now)
    mine = [anchor for anchor, root in top.anchors.items() if root == reader.person]
    asked = MeetingInvitation.objects.visible().filter(meeting__in=to_come, person__in=mine).select_related("meeting")
    for one in _read(asked):
        at = one.meeting.starts_at.astimezone(LONDON)
        words = f"{_day(at.date())} at {at:%H:%M}, {one.meeting.minutes_long} minutes"
        yield MEETS, _item(top, one, words)


def _told(top: FamilyTop, reader: CopyReader) -> Iterator[Candidate]:
    """What the reader said about help, and what they said is wrong, with the answer."""
    mine = [anchor for anchor, root in top.anchors.items() if root == reader.person]
    for row in queries.latest_consents(mine).values():
        if row.state in SAID:
            words = f"About help, on {_day(row.happened_on)}: {ConsentState(row.state).label.lower()}"
            yield YOU, _item(top, row, words)
    for objection in _read(Objection.objects.visible().filter(case=top.case, person__in=mine)):
        yield YOU, _item(top, objection, f"You said on {_day(objection.happened_on)}: {objection.words}")
        if objection.answer:
            yield YOU, _item(top, objection, f"We answered: {objection.answer}")


def _day(day: datetime.date) -> str:
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"


def copies_of(top: FamilyTop) -> list[FamilyCopy]:
    """Copies handed over before that this reader may see, the newest first."""
    rows = FamilyCopy.objects.visible().filter(case=top.case).select_related("author", "owner")
    return list(rows.order_by("-recorded_at")[:READ])


def objections_of(top: FamilyTop) -> list[Objection]:
    """What people of the family say is wrong, the newest first."""
    rows = Objection.objects.visible().filter(case=top.case).select_related("owner")
    return list(rows.order_by("-recorded_at")[:READ]) if top.case else []
