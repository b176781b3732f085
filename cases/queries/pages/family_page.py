"""The family page in ten seconds: who, where each child stands, what worries us, what is next, what is new."""

import datetime
from collections import defaultdict
from dataclasses import dataclass
from uuid import UUID

from django.db import connection
from django.utils import timezone

from cases.models import (
    Action,
    ChildInCase,
    ChildLevel,
    ChildSeen,
    ChildWords,
    Event,
    FamilyMember,
    HouseholdMember,
    Need,
    Relationship,
    Review,
)
from cases.queries.pages.chronology import events_of
from cases.queries.pages.family_top import FamilyTop
from cases.queries.pages.known import join
from cases.queries.pages.leading import Leading, leading_of, team_of
from cases.queries.pages.places import whereabouts
from cases.queries.pages.receipts import Receipt, receipts, without_receipt
from cases.queries.standing import latest_levels
from cases.vocabulary import ActionStatus, CaseState, FamilyPart, LevelOfNeed, Seen
from sharing_agreements.models import Agency, Post
from sharing_agreements.queries import who_holds
from sharing_agreements.vocabulary import Kind

WORRIES_SHOWN = 3
ACTIONS_SHOWN = 3
CHANGES_SHOWN = 5
ACTIONS_READ = 50
LOCATING = frozenset({Kind.ADDRESS})


@dataclass(frozen=True)
class ChildLine:
    """One child at a glance."""

    person: UUID
    name: str
    age: str
    state: str
    state_words: str
    since: datetime.datetime | None
    level: int | None
    level_words: str
    lives_with: str
    places: list[str]


@dataclass(frozen=True)
class Voice:
    """A child's last words, and when they were last seen alone."""

    name: str
    words: str
    said_on: datetime.date | None
    seen_alone_on: datetime.date | None


@dataclass(frozen=True)
class Involved:
    """An agency that may be named, and what is known of its part."""

    name: str
    words: str


@dataclass(frozen=True)
class FamilyPage:
    """Everything the family page says."""

    children: list[ChildLine]
    adults: list[tuple[str, str]]
    must_not_collect: str
    leading: Leading
    review_due: datetime.date | None
    review_overdue: bool
    worries: list[str]
    next: list[Action]
    more_next: int
    voices: list[Voice]
    first_look: bool
    looked_at: datetime.datetime | None
    changed: list[Event]
    more_changed: bool
    involved: list[Involved]
    receipts: list[Receipt]


def family_page(top: FamilyTop, *, for_post: Post, today: datetime.date, page: str) -> FamilyPage:
    """The page of one family for one reader. `page` is the route whose last opening 'since you looked' counts from."""
    leading = leading_of([top.case.pk], top.places_in_case, today=today)[top.case.pk] if top.case else Leading()
    due = review_due(top)
    actions = open_actions(top)
    looked_at = last_looks([top.family], page).get(top.family)
    changed = _changed(top, for_post, looked_at)
    return FamilyPage(
        children=_children(top, today),
        adults=_adults(top),
        must_not_collect=join(top.known[m.whom].name for m in top.members if m.must_not_collect),
        leading=leading,
        review_due=due,
        review_overdue=due is not None and due < today,
        worries=_worries(top),
        next=actions[:ACTIONS_SHOWN],
        more_next=max(len(actions) - ACTIONS_SHOWN, 0),
        voices=_voices(top),
        first_look=looked_at is None,
        looked_at=looked_at,
        changed=changed[:CHANGES_SHOWN],
        more_changed=len(changed) > CHANGES_SHOWN,
        involved=_involved(top, for_post),
        receipts=_receipts(top, for_post, today),
    )


def _receipts(top: FamilyTop, for_post: Post, today: datetime.date) -> list[Receipt]:
    """Children of this family whom social care has not confirmed to have."""
    rows = without_receipt().filter(person__in=top.children)
    return receipts(rows, post=for_post, now=timezone.now(), today=today)


def _children(top: FamilyTop, today: datetime.date) -> list[ChildLine]:
    places: dict[UUID, ChildInCase] = {place.whom: place for place in top.places_in_case}
    levels = latest_levels(top.children)
    homes = _who_lives_with_whom(top, today)
    found = whereabouts(top, today=today)
    return [
        _child_line(top, child, places.get(child), levels.get(child), homes, found[child].present(today))
        for child in top.children
    ]


def _child_line(
    top: FamilyTop,
    child: UUID,
    place: ChildInCase | None,
    level: ChildLevel | None,
    homes: dict[UUID, list[UUID]],
    learns_at: list[str],
) -> ChildLine:
    known = top.known[child]
    return ChildLine(
        person=child,
        name=known.name,
        age=known.age,
        state=place.state if place else "",
        state_words=CaseState(place.state).label if place else "Not in the case",
        since=place.since if place else None,
        level=level.level if level else None,
        level_words=LevelOfNeed(level.level).label.partition(": ")[2] if level else "",
        lives_with=join(top.known[person].name for person in homes.get(child, [])),
        places=learns_at,
    )


def _who_lives_with_whom(top: FamilyTop, today: datetime.date) -> dict[UUID, list[UUID]]:
    """For each person, the others in their present household, adults of the family first."""
    homes: dict[UUID, list[UUID]] = defaultdict(list)
    rows = HouseholdMember.objects.visible().filter(person__in=list(top.anchors))[:200]
    for row in rows:
        if row.to_date is None or row.to_date >= today:
            homes[row.household_id].append(top.anchors[row.person_id])
    kids = set(top.children)
    return {
        person: sorted((other for other in dict.fromkeys(home) if other != person), key=lambda p: p in kids)
        for home in homes.values()
        for person in home
    }


def _adults(top: FamilyTop) -> list[tuple[str, str]]:
    """Each adult, what they are in the family, and whether they have parental responsibility for a child here."""
    kids = set(top.children)
    adults = [member for member in top.members if member.whom not in kids]
    responsible = {
        top.anchors[row.person_id]
        for row in Relationship.objects.visible().filter(
            person__in=[person for person, root in top.anchors.items() if root not in kids],
            to_person__in=[person for person, root in top.anchors.items() if root in kids],
            parental_responsibility=True,
            ended_on__isnull=True,
        )[:ACTIONS_READ]
    }
    return [(top.known[adult.whom].name, _adult_words(adult, responsible)) for adult in adults]


def _adult_words(adult: FamilyMember, responsible: set[UUID]) -> str:
    part = FamilyPart(adult.part).label.lower()
    return f"{part}, parental responsibility" if adult.whom in responsible else part


def _worries(top: FamilyTop) -> list[str]:
    """What the plan says is most worrying; before there is a plan, why help was offered."""
    if top.case is None:
        return []
    needs = (Need.objects.visible().filter(case=top.case, ended_on__isnull=True).order_by("baseline", "recorded_at"))[
        :WORRIES_SHOWN
    ]
    return [need.title for need in needs] or [top.case.why]


def open_actions(top: FamilyTop) -> list[Action]:
    """Open actions of the case, the longest overdue first."""
    if top.case is None:
        return []
    return list(
        Action.objects.visible()
        .filter(case=top.case, status=ActionStatus.OPEN)
        .select_related("doer", "doer_agency")
        .order_by("due_on", "recorded_at")[:ACTIONS_READ]
    )


def review_due(top: FamilyTop) -> datetime.date | None:
    """When the last review said to look again, while a plan runs."""
    if top.case is None or not any(p.state == CaseState.PLAN_ACTIVE for p in top.places_in_case):
        return None
    last = Review.objects.visible().filter(case=top.case).order_by("-happened_on", "-recorded_at").first()
    return last.next_review_on if last else None


def _voices(top: FamilyTop) -> list[Voice]:
    children = {"person__in": top.children}
    words = ChildWords.objects.visible().filter(**children).order_by("person_id", "-happened_on", "-recorded_at")
    alone = ChildSeen.objects.visible().filter(how=Seen.ALONE, **children).order_by("person_id", "-happened_on")
    said = {row.person_id: row for row in words.distinct("person_id")}
    seen = {row.person_id: row for row in alone.distinct("person_id")}
    return [
        Voice(
            name=top.known[child].name,
            words=said[child].words if child in said else "",
            said_on=said[child].happened_on if child in said else None,
            seen_alone_on=seen[child].happened_on if child in seen else None,
        )
        for child in top.children
    ]


def last_looks(families: list[UUID], page: str) -> dict[UUID, datetime.datetime]:
    """When this practitioner last opened `page` of each family, from the disclosure log; never anybody else's."""
    with connection.cursor() as cursor:
        cursor.execute("select * from gate.last_looks(%s::uuid[], %s)", [families, page])
        return dict(cursor.fetchall())


def _changed(top: FamilyTop, for_post: Post, looked_at: datetime.datetime | None) -> list[Event]:
    """What others recorded about the family since this reader last opened its page."""
    if looked_at is None:
        return []
    return list(
        events_of(top)
        .filter(recorded_at__gt=looked_at)
        .exclude(author=for_post.practitioner_id)
        .select_related("owner")
        .order_by("-recorded_at")[: CHANGES_SHOWN + 1]
    )


def _involved(top: FamilyTop, for_post: Post) -> list[Involved]:
    """Other agencies that may be named: the team, then who holds something. Sensitive agencies are left out."""
    team = team_of(top.case) if top.case else []
    parts: dict[str, str] = {}
    for member in team:
        answer = getattr(member, "answer", None)
        if member.ended_on is None and answer and answer.accepted and not member.agency.sensitive:
            parts[member.agency.name] = f"In the team: {member.practitioner.name}, {member.part}"
    held: dict[int, list[datetime.date]] = defaultdict(list)
    for holding in who_holds(top.people):
        held[holding.agency_no] += [holding.first_month, holding.last_month]
    for agency in Agency.objects.filter(no__in=held, sensitive=False).exclude(pk=for_post.agency_id):
        first, last = min(held[agency.no]), max(held[agency.no])
        when = f"of {first:%B %Y}" if first == last else f"from {first:%B %Y} to {last:%B %Y}"
        parts.setdefault(agency.name, f"Holds records {when}")
    return [Involved(name, words) for name, words in parts.items()]
