"""The family as a picture: who is drawn, how they are tied together, and the same in words for the table beneath."""

import datetime
import re
from collections import defaultdict
from dataclasses import dataclass
from uuid import UUID

from cases.models import HouseholdMember, Relationship
from cases.presenting.genogram import Genogram, Shape, Sitter, genogram
from cases.presenting.kinship import Tie
from cases.queries.pages.family_top import HIDDEN, FamilyTop
from cases.vocabulary import CHILD_PARTS, INVERSE, FamilyPart, RelationshipType

READ = 500
ELSEWHERE = "lives elsewhere"
_SHAPES = {"F": Shape.CIRCLE, "M": Shape.SQUARE}
_AGE = re.compile(r"(about )?(\d+)( months?)?")


@dataclass
class PictureLine:
    """One row of the table."""

    name: str
    about: str
    ties: list[str]


@dataclass(frozen=True)
class Picture:
    """The picture, its table, and the names of those because of whom there is no picture."""

    drawn: Genogram
    lines: list[PictureLine]
    cannot: list[str]


def picture_of(top: FamilyTop, *, today: datetime.date) -> Picture:
    """Everybody of the family whom this reader may see. Two queries; of homes none where an address is hidden."""
    people = _eldest_first(top)
    inside = set(people)
    rows = Relationship.objects.visible().filter(person__in=list(top.anchors)).order_by("recorded_at", "id")[:READ]
    ties = [
        Tie(str(one), str(other), RelationshipType(row.type), ended=row.ended_on is not None and row.ended_on < today)
        for row in rows
        if (one := top.anchors[row.main_person]) in inside and (other := top.anchors.get(row.to_person_id)) in inside
    ]
    elsewhere = _elsewhere(top, today)
    parts = {member.whom: member.part for member in top.members}
    drawn = genogram([_sitter(top, one, parts.get(one), one in elsewhere) for one in people], ties)
    return Picture(
        drawn, _lines(top, people, parts, ties, elsewhere), [top.known[UUID(one)].name for one in drawn.cannot]
    )


def _eldest_first(top: FamilyTop) -> list[UUID]:
    """Everybody as they stand from left to right where no line says otherwise; the unborn last."""
    return sorted(top.people, key=lambda one: (top.known[one].is_unborn, top.known[one].born or datetime.date.max, one))


def _elsewhere(top: FamilyTop, today: datetime.date) -> set[UUID]:
    """Who is recorded in a home where no child of the case lives. Nobody while an address in the family is hidden."""
    if any(line.word == HIDDEN for line in top.strip):
        return set()
    homes: dict[UUID, set[UUID]] = defaultdict(set)
    for row in HouseholdMember.objects.visible().filter(person__in=list(top.anchors))[:READ]:
        if row.to_date is None or row.to_date >= today:
            homes[row.household_id].add(top.anchors[row.main_person])
    helped = {place.whom for place in top.places_in_case} or set(top.children)
    with_them = {one for home in homes.values() if home & helped for one in home}
    return {one for home in homes.values() for one in home} - with_them if with_them else set()


def _sitter(top: FamilyTop, one: UUID, part: str | None, elsewhere: bool) -> Sitter:
    known = top.known[one]
    age = _AGE.fullmatch(known.age)
    inside = (f"{age[2]}m" if age[3] else age[2]) if age else ""
    notes = [known.age] if not age and known.age and known.age != "age not known" else []
    notes += [ELSEWHERE] if elsewhere else []
    return Sitter(
        key=str(one),
        name=known.name,
        shape=Shape.TRIANGLE if known.is_unborn else _SHAPES.get(known.sex, Shape.DIAMOND),
        is_child=part in CHILD_PARTS or one in top.children,
        inside="" if known.has_died else inside,
        notes=tuple(notes),
        has_died=known.has_died,
        in_case=any(place.whom == one for place in top.places_in_case),
    )


def _lines(
    top: FamilyTop, people: list[UUID], parts: dict[UUID, str], ties: list[Tie], elsewhere: set[UUID]
) -> list[PictureLine]:
    said: dict[str, list[str]] = defaultdict(list)
    for tie in ties:
        ended = ", no longer" if tie.ended else ""
        said[tie.one].append(f"{tie.type.label} {top.known[UUID(tie.other)].name}{ended}")
        said[tie.other].append(f"{INVERSE[tie.type].label} {top.known[UUID(tie.one)].name}{ended}")
    found = []
    for one in sorted(people, key=top.people.index):
        known = top.known[one]
        words = [FamilyPart(parts[one]).label if one in parts else "Child", known.age]
        words += [ELSEWHERE] if one in elsewhere else []
        found.append(PictureLine(known.name, ", ".join(filter(None, words)), list(dict.fromkeys(said[str(one)]))))
    return found
