"""The family page in ten seconds: who, where each child stands, what worries us, what is next, what is new."""

import datetime
from collections import defaultdict
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import QuerySet
from django.utils import timezone

from cases.models import (
    Action,
    Case,
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
    TeamMember,
)
from cases.queries.pages.chronology import events_of
from cases.queries.pages.family_top import FamilyTop
from cases.queries.pages.known import join
from cases.queries.pages.leading import Leading, answer_to, assignments_of, covers_now, leading_from, team_of
from cases.queries.pages.places import Whereabouts, places_of, whereabouts_from
from cases.queries.pages.receipts import Receipt, longest_due, receipts_of, without_receipt
from cases.queries.standing import latest_levels
from cases.rules import next_review
from cases.vocabulary import ActionStatus, CaseState, FamilyPart, LevelOfNeed, Seen
from sharing_agreements.models import Agency, Post
from sharing_agreements.queries import Holding, who_holds
from sharing_agreements.vocabulary import Kind
from sharing_agreements.working_time import LONDON

WORRIES_SHOWN = 3
ACTIONS_SHOWN = 3
CHANGES_SHOWN = 5
ACTIONS_READ = 50
HOMES_READ = 200


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

    @property
    def says_something(self) -> bool:
        """There is more to say of this child than a name."""
        return bool(self.state or self.level or self.lives_with or self.places)


@dataclass(frozen=True)
class Voice:
    """A child's last words, and when they were last seen alone."""

    name: str
    words: str
    said_on: datetime.date | None
    seen_alone_on: datetime.date | None


@dataclass(frozen=True)
class Involved:
    """An agency that may be named, what is known of its part, and which kinds it holds that are not shown."""

    agency: Agency
    words: str
    withheld: list[Kind]


@dataclass(frozen=True)
class Worry:
    """What somebody is worried about, about whom, and who wrote it down."""

    title: str
    about: str
    whose: str


@dataclass(frozen=True)
class FamilyPage:
    """Everything the family page says."""

    children: list[ChildLine]
    other_children: list[str]
    adults: list[tuple[str, str]]
    must_not_collect: str
    leading: Leading
    review_due: datetime.date | None
    review_overdue: bool
    worries: list[Worry]
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
    looked_at = last_looks([top.family], page).get(top.family)
    held = who_holds(top.people)
    told = {
        name: list(rows)
        for name, rows in {**_lists_of_family(top, for_post, looked_at, held), **_lists_of_case(top, today)}.items()
    }
    due = _review_due(top, told["reviews"])
    children = _children(top, told, today)
    with_something = [line for line in children if line.says_something] or children
    return FamilyPage(
        children=with_something,
        other_children=[top.known[line.person].name_and_age for line in children if line not in with_something],
        adults=_adults(top, told["responsible"]),
        must_not_collect=join(top.known[m.whom].name for m in top.members if m.must_not_collect),
        leading=_leading(top, told),
        review_due=due,
        review_overdue=due is not None and due < today,
        worries=_worries(top, told["needs"]),
        next=told["actions"][:ACTIONS_SHOWN],
        more_next=max(len(told["actions"]) - ACTIONS_SHOWN, 0),
        voices=_voices(top, told),
        first_look=looked_at is None,
        looked_at=looked_at,
        changed=told["changed"][:CHANGES_SHOWN],
        more_changed=len(told["changed"]) > CHANGES_SHOWN,
        involved=_involved(told, held),
        receipts=receipts_of(told["step_ups"], post=for_post, now=timezone.now(), today=today),
    )


Told = dict[str, list[Any]]
Lists = dict[str, QuerySet[Any, Any]]


def _lists_of_family(top: FamilyTop, for_post: Post, looked_at: datetime.datetime | None, held: list[Holding]) -> Lists:
    """What the page reads by family and by person; what it reads by case is `_lists_of_case`."""
    kids = set(top.children)
    children = {"person__in": top.children}
    responsible = Relationship.objects.visible().filter(
        person__in=[person for person, root in top.anchors.items() if root not in kids],
        to_person__in=[person for person, root in top.anchors.items() if root in kids],
        parental_responsibility=True,
        ended_on__isnull=True,
    )
    words = ChildWords.objects.visible().filter(**children).order_by("person_id", "-happened_on", "-recorded_at")
    alone = ChildSeen.objects.visible().filter(how=Seen.ALONE, **children).order_by("person_id", "-happened_on")
    return {
        "levels": latest_levels(top.children),
        "homes": HouseholdMember.objects.visible().filter(person__in=list(top.anchors))[:HOMES_READ],
        "responsible": responsible[:ACTIONS_READ],
        "words": words.distinct("person_id"),
        "alone": alone.distinct("person_id"),
        "changed": _changed(top, for_post, looked_at) if looked_at else Event.objects.none(),
        "holders": holders_of(held, for_post),
        "step_ups": longest_due(without_receipt().filter(person__in=top.children)),
        **places_of(top),
    }


def _lists_of_case(top: FamilyTop, today: datetime.date) -> Lists:
    """What the page reads by case: nothing where the reader sees none."""
    case = [top.case.pk] if top.case else []
    needs = Need.objects.visible().filter(case__in=case, ended_on__isnull=True).order_by("baseline", "recorded_at")
    needs = needs.select_related("author", "owner")
    actions = Action.objects.visible().filter(case__in=case, status=ActionStatus.OPEN)
    reviews = Review.objects.visible().filter(case__in=case).order_by("-happened_on", "-recorded_at")
    return {
        "assignments": assignments_of(case),
        "covers": covers_now(case, today),
        "team": team_of(top.case) if top.case else TeamMember.objects.none(),
        "needs": needs[:WORRIES_SHOWN],
        "actions": actions.select_related("doer", "doer_agency").order_by("due_on", "recorded_at")[:ACTIONS_READ],
        "reviews": reviews[:1],
    }


def _leading(top: FamilyTop, told: Told) -> Leading:
    if top.case is None:
        return Leading()
    return leading_from([top.case.pk], top.places_in_case, told["assignments"], told["covers"])[top.case.pk]


def _children(top: FamilyTop, told: Told, today: datetime.date) -> list[ChildLine]:
    places: dict[UUID, ChildInCase] = {place.whom: place for place in top.places_in_case}
    levels: dict[UUID, ChildLevel] = {level.person_id: level for level in told["levels"]}
    homes = _who_lives_with_whom(top, told["homes"], today)
    found: dict[UUID, Whereabouts] = whereabouts_from(top, told["schools"], told["health"], today=today)
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
        state_words=CaseState(place.state).label if place else "In no case you may see",
        since=place.since if place else None,
        level=level.level if level else None,
        level_words=LevelOfNeed(level.level).label.partition(": ")[2] if level else "",
        lives_with=join(top.known[person].name for person in homes.get(child, [])),
        places=learns_at,
    )


def _who_lives_with_whom(top: FamilyTop, rows: list[HouseholdMember], today: datetime.date) -> dict[UUID, list[UUID]]:
    """For each person, the others in their present household, adults of the family first."""
    homes: dict[UUID, list[UUID]] = defaultdict(list)
    for row in rows:
        if row.to_date is None or row.to_date >= today:
            homes[row.household_id].append(top.anchors[row.main_person])
    kids = set(top.children)
    return {
        person: sorted((other for other in dict.fromkeys(home) if other != person), key=lambda p: p in kids)
        for home in homes.values()
        for person in home
    }


def _adults(top: FamilyTop, rows: list[Relationship]) -> list[tuple[str, str]]:
    """Each adult, what they are in the family, and whether they have parental responsibility for a child here."""
    kids = set(top.children)
    responsible = {top.anchors[row.person_id] for row in rows if row.person_id}
    adults = [member for member in top.members if member.whom not in kids]
    return [(top.known[adult.whom].name, _adult_words(adult, responsible)) for adult in adults]


def _adult_words(adult: FamilyMember, responsible: set[UUID]) -> str:
    part = FamilyPart(adult.part).label.lower()
    return f"{part}, parental responsibility" if adult.whom in responsible else part


def _worries(top: FamilyTop, needs: list[Need]) -> list[Worry]:
    """The needs that start lowest, else why the work began, each with who wrote it."""
    told = [
        Worry(need.title, top.known.names(dict.fromkeys(top.anchors.get(p, p) for p in need.about)), _whose(need))
        for need in needs
    ]
    return told or ([Worry(top.case.why, "", _whose(top.case))] if top.case else [])


def _whose(row: Need | Case) -> str:
    return ", ".join(filter(None, [row.author.name if row.author else "", row.owner.name]))


def _review_due(top: FamilyTop, reviews: list[Review]) -> datetime.date | None:
    """When the last review said to look again, while a plan runs; the first is six weeks after it began (D17)."""
    since = [place.since for place in top.places_in_case if place.state == CaseState.PLAN_ACTIVE]
    if not since:
        return None
    return reviews[0].next_review_on if reviews else next_review(min(since).astimezone(LONDON).date())


def _voices(top: FamilyTop, told: Told) -> list[Voice]:
    said = {row.person_id: row for row in told["words"]}
    seen = {row.person_id: row for row in told["alone"]}
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


def _changed(top: FamilyTop, for_post: Post, looked_at: datetime.datetime) -> QuerySet[Event]:
    """What others recorded about the family since this reader last opened its page."""
    new = events_of(top).filter(recorded_at__gt=looked_at).exclude(author=for_post.practitioner_id)
    return new.select_related("owner").order_by("-recorded_at")[: CHANGES_SHOWN + 1]


def _involved(told: Told, held: list[Holding]) -> list[Involved]:
    """Other agencies that may be named: the team, then who holds something. Sensitive agencies are left out."""
    parts: dict[Agency, str] = {}
    for member in told["team"]:
        answer = answer_to(member)
        if member.ended_on is None and answer and answer.accepted and not member.agency.sensitive:
            parts[member.agency] = f"In the team: {member.practitioner.name}, {member.part}"
    for agency in told["holders"]:
        parts.setdefault(agency, "")
    return [
        _involvement(agency, part, [one for one in held if one.agency_no == agency.no])
        for agency, part in parts.items()
    ]


def _involvement(agency: Agency, part: str, held: list[Holding]) -> Involved:
    """One agency's part, the months of what it holds, and the kinds of which not everything is shown."""
    withheld = [one.kind for one in held if one.withheld]
    return Involved(agency, ". ".join(filter(None, [part, months_held(held)])), withheld)


def months_held(held: list[Holding]) -> str:
    """'Holds records from March 2024 to May 2026'; nothing where it holds none that the reader may know of."""
    if not held:
        return ""
    first, last = min(one.first_month for one in held), max(one.last_month for one in held)
    when = f"of {first:%B %Y}" if first == last else f"from {first:%B %Y} to {last:%B %Y}"
    return f"Holds records {when}"


def holders_of(held: list[Holding], for_post: Post) -> QuerySet[Agency]:
    """The agencies that hold something, without the reader's own. A sensitive one is never named."""
    holders = Agency.objects.filter(no__in={one.agency_no for one in held}, sensitive=False)
    return holders.exclude(pk=for_post.agency_id)
