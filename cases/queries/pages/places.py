"""Where somebody learns and who looks after their health: now, soon, and before."""

import datetime
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from cases.models import HealthContact, SchoolPlace
from cases.queries.pages.family_top import FamilyTop
from sharing_agreements.part_known import say
from sharing_agreements.vocabulary import Precision

READ = 300


@dataclass(frozen=True)
class Stay:
    """A school or a health contact between two dates; neither need be known. `what` is empty for a school."""

    name: str
    first: datetime.date | None
    last: datetime.date | None
    what: str = ""
    row: UUID | None = None

    def words(self, today: datetime.date) -> str:
        """'Health visitor: Ben Okafor, since 3 March 2026'."""
        named = f"{self.what[:1].upper()}{self.what[1:]}: {self.name}" if self.what else self.name
        dates = between(self.first, self.last, today)
        return f"{named}, {dates}" if dates else named


@dataclass
class Places:
    """What is so today, what begins later, and what was before, newest first."""

    now: list[Stay] = field(default_factory=list)
    later: list[Stay] = field(default_factory=list)
    before: list[Stay] = field(default_factory=list)


@dataclass(frozen=True)
class Whereabouts:
    """The schools and health contacts of one person."""

    schools: Places
    health: Places

    def present(self, today: datetime.date) -> list[str]:
        """Lines of what is so today or begins later."""
        stays = [*self.schools.now, *self.schools.later, *self.health.now, *self.health.later]
        return list(dict.fromkeys(stay.words(today) for stay in stays))

    def earlier(self, today: datetime.date) -> list[str]:
        """Lines of what was so before."""
        return list(dict.fromkeys(stay.words(today) for stay in (*self.schools.before, *self.health.before)))


def between(first: datetime.date | None, last: datetime.date | None, today: datetime.date) -> str:
    """'since ...', 'from ...' for what is to come, '... to ...', 'until ...', or nothing where no date is known."""
    start = say(first, Precision.DAY) if first else ""
    end = say(last, Precision.DAY) if last else ""
    if start and end:
        return f"{start} to {end}"
    if end:
        return f"until {end}"
    return (f"from {start}" if first and first > today else f"since {start}") if start else ""


def sort_stays(stays: Iterable[Stay], today: datetime.date, *, one_at_a_time: bool) -> Places:
    """Now, later or before. Of schools nobody ended the newest counts: an agency may not have heard of the move."""
    newest = sorted(stays, key=lambda stay: stay.first or datetime.date.min, reverse=True)
    found = Places()
    for stay in newest:
        if stay.last and stay.last < today:
            found.before.append(stay)
        elif stay.first and stay.first > today:
            found.later.append(stay)
        elif one_at_a_time and any(one.name != stay.name for one in found.now):
            found.before.append(stay)
        else:
            found.now.append(stay)
    return found


def places_of(top: FamilyTop) -> dict[str, QuerySet[Any, Any]]:
    """Schools and health contacts of everybody in the family, as far as the reader may see where they can be found."""
    within = {"person__in": list(top.anchors)}
    return {
        "schools": SchoolPlace.objects.visible().filter(**within).order_by("-recorded_at")[:READ],
        "health": HealthContact.objects.visible().filter(**within).order_by("-recorded_at")[:READ],
    }


def whereabouts(top: FamilyTop, *, today: datetime.date) -> dict[UUID, Whereabouts]:
    """Where everybody in the family learns and who looks after their health. One query."""
    told = {name: list(rows) for name, rows in places_of(top).items()}
    return whereabouts_from(top, told["schools"], told["health"], today=today)


def whereabouts_from(
    top: FamilyTop, places: list[SchoolPlace], contacts: list[HealthContact], *, today: datetime.date
) -> dict[UUID, Whereabouts]:
    """The same from the rows of `places_of` that were read."""
    schools: dict[UUID, list[Stay]] = defaultdict(list)
    health: dict[UUID, list[Stay]] = defaultdict(list)
    for place in places:
        schools[top.anchors[place.main_person]].append(Stay(place.name, place.from_date, place.to_date))
    for contact in contacts:
        stay = Stay(contact.name, contact.from_date, contact.to_date, contact.what, contact.pk)
        health[top.anchors[contact.main_person]].append(stay)
    return {
        person: Whereabouts(
            sort_stays(schools[person], today, one_at_a_time=True),
            sort_stays(health[person], today, one_at_a_time=False),
        )
        for person in top.people
    }
