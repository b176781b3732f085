"""The family as a table: how people are related, where they live, learn and are seen, how to reach them safely."""

import datetime
from collections import defaultdict
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.db.models import Q

from cases.models import (
    Custody,
    Household,
    HouseholdMember,
    Relationship,
    SafeContact,
)
from cases.queries.flags import release_words
from cases.queries.pages.family_top import FamilyTop
from cases.queries.pages.known import join
from cases.queries.pages.places import whereabouts
from cases.queries.pages.safety import SafetyLine, safety_lines
from cases.vocabulary import INVERSE, CourtOrder, FamilyPart, RelationshipType
from sharing_agreements.models import Address, IdentityDetail
from sharing_agreements.part_known import MONTHS

READ = 300


@dataclass
class PersonLine:
    """One row of the table."""

    person: UUID
    name: str
    age: str
    part: str
    must_not_collect: bool
    needs: list[str] = field(default_factory=list)
    relationships: list[str] = field(default_factory=list)
    places: list[str] = field(default_factory=list)
    earlier: list[str] = field(default_factory=list)
    is_child: bool = False
    safe_contact: list[SafeContact] = field(default_factory=list)


@dataclass(frozen=True)
class CustodyLine:
    """Somebody in custody, as one agency knows it, and what is known of the release."""

    name: str
    row: Custody
    words: str


@dataclass(frozen=True)
class PeoplePage:
    """The table, the homes and what keeps the family safe."""

    people: list[PersonLine]
    households: list[tuple[str, str]]
    safety: list[SafetyLine]
    no_longer: list[SafetyLine]
    custody: list[CustodyLine]


def people_page(top: FamilyTop, *, today: datetime.date) -> PeoplePage:
    """Everybody of the family, children first, with the accounts of every agency the reader may see. Nine queries."""
    parts = {member.person_id: member for member in top.members}
    lines = {person: _line(top, person, parts.get(person)) for person in top.people}
    within = {"person__in": list(top.anchors)}
    _add_needs(top, lines, within)
    _add_relationships(top, lines, today)
    households = _add_places(top, lines, within, today)
    for contact in SafeContact.objects.visible().filter(_still(today), **within).order_by("-recorded_at")[:READ]:
        lines[top.anchors[contact.person_id]].safe_contact.append(contact)
    notes = safety_lines(top, today=today)
    holding, no_longer = [note for note in notes if not note.ended], [note for note in notes if note.ended]
    custody = [
        CustodyLine(top.known[top.anchors[row.whom]].name, row, release_words(row, today))
        for row in Custody.objects.visible()
        .filter(ended_on__isnull=True, **within)
        .select_related("owner")
        .order_by("recorded_at")[:READ]
    ]
    return PeoplePage(list(lines.values()), households, holding, no_longer, custody)


def _still(today: datetime.date, field: str = "ended_on") -> Q:
    return Q(**{f"{field}__isnull": True}) | Q(**{f"{field}__gte": today})


def _line(top: FamilyTop, person: UUID, member: Any) -> PersonLine:
    known = top.known[person]
    part = FamilyPart(member.part).label if member else "Child"
    line = PersonLine(person, known.name, known.age, part, bool(member and member.must_not_collect))
    line.is_child = person in top.children
    return line


def _add_needs(top: FamilyTop, lines: dict[UUID, PersonLine], within: dict[str, Any]) -> None:
    """Language, interpreter and access needs, each said once."""
    for detail in IdentityDetail.objects.visible().filter(**within).order_by("-recorded_at")[:READ]:
        said = lines[top.anchors[detail.person_id]].needs
        words = (
            [f"Speaks {detail.language}{', needs an interpreter' if detail.interpreter else ''}"]
            if detail.language
            else []
        )
        words += [detail.access_needs] if detail.access_needs else []
        said += [word for word in words if word not in said]


def _add_relationships(top: FamilyTop, lines: dict[UUID, PersonLine], today: datetime.date) -> None:
    people = list(top.anchors)
    rows = Relationship.objects.visible().filter(_still(today), person__in=people).order_by("recorded_at")[:READ]
    for row in rows:
        person, other = top.anchors[row.person_id], top.anchors.get(row.to_person_id, row.to_person_id)
        tie = RelationshipType(row.type)
        _relate(lines, person, f"{tie.label} {top.known[other].name}{_rights(row)}")
        if other in lines:
            _relate(lines, other, f"{INVERSE[tie].label} {top.known[person].name}")


def _relate(lines: dict[UUID, PersonLine], person: UUID, words: str) -> None:
    if words not in lines[person].relationships:
        lines[person].relationships.append(words)


def _rights(row: Relationship) -> str:
    """Main carer, parental responsibility and orders, in brackets."""
    said = ["main carer"] if row.main_carer else []
    if row.parental_responsibility is not None:
        said.append("has parental responsibility" if row.parental_responsibility else "no parental responsibility")
    elif row.type in {RelationshipType.PARENT, RelationshipType.GUARDIAN, RelationshipType.STEP_PARENT}:
        said.append("parental responsibility not known")
    if row.court_order != CourtOrder.NONE and row.order_made_on:
        made = f"{CourtOrder(row.court_order).label.lower()} order of {_day(row.order_made_on)}"
        said.append(made + (f", ends {_day(row.order_ends_on)}" if row.order_ends_on else ""))
    return f" ({'; '.join(said)})" if said else ""


def _day(day: datetime.date) -> str:
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"


def _add_places(
    top: FamilyTop, lines: dict[UUID, PersonLine], within: dict[str, Any], today: datetime.date
) -> list[tuple[str, str]]:
    """Homes, addresses, schools and health contacts of today; what locates somebody comes only to who may see it."""
    living = list(HouseholdMember.objects.visible().filter(_still(today, "to_date"), **within)[:READ])
    homes = {home.pk: home for home in Household.objects.visible().filter(pk__in=[row.household_id for row in living])}
    together: dict[UUID, list[UUID]] = defaultdict(list)
    for row in living:
        together[row.household_id].append(top.anchors[row.person_id])
        if row.household_id in homes:
            _say(lines, top.anchors[row.person_id], homes[row.household_id].name)
    for address in Address.objects.visible().filter(_still(today, "to_date"), **within).order_by("-recorded_at")[:READ]:
        where = ", ".join(part for part in (address.line, address.town, address.postcode) if part)
        _say(lines, top.anchors[address.person_id], where)
    for person, found in whereabouts(top, today=today).items():
        for words in found.present(today):
            _say(lines, person, words)
        lines[person].earlier = found.earlier(today)
    return [
        (homes[key].name, join(top.known[p].name for p in people)) for key, people in together.items() if key in homes
    ]


def _say(lines: dict[UUID, PersonLine], person: UUID, words: str) -> None:
    if words and words not in lines[person].places:
        lines[person].places.append(words)
