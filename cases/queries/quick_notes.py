"""A known family, as far as somebody with a quick note needs it: who hears of the note, and the families in touch.

Both come from gate functions, because whoever notices something on the street may know that a family is helped
without reading its case.
"""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from django.db import connection
from django.db.models import Q, QuerySet

from cases import lifecycle
from cases.models import ChildInCase, Note
from cases.queries.pages.paging import mark, place_of
from cases.vocabulary import NoteKind
from sharing_agreements.models import Agency, Post, Practitioner

SHOWN = 50


@dataclass(frozen=True)
class WhoHears:
    """Whom a note about a case goes to. `told` is the cover while the lead is away; both are None without a lead."""

    case: UUID
    family: UUID | None
    hidden_from: tuple[int, ...]
    lead: Practitioner | None
    told: Practitioner | None
    agency: Agency

    @property
    def is_cover(self) -> bool:
        """Whether somebody stands in for the lead today."""
        return self.told is not None and self.told != self.lead

    @property
    def phone(self) -> str:
        """The number to ring: their own, else that of their agency; empty when neither gave one."""
        return (self.told.phone if self.told else "") or self.agency.phone


@dataclass(frozen=True)
class InTouch:
    """A family on the list: its children who are kept in touch with, and the last day."""

    case: UUID
    children: tuple[UUID, ...]
    ends_on: datetime.date


@dataclass(frozen=True)
class InTouchPage:
    """Some families, the soonest end first, and the mark where the next page begins ("" at the end)."""

    families: list[InTouch]
    later: str


def whom_to_tell(cases: Iterable[UUID]) -> dict[UUID, WhoHears]:
    """Who hears of a note about each case; a case the principal may not know of is left out."""
    wanted = sorted(set(cases))
    with connection.cursor() as cursor:
        cursor.execute("select * from gate.whom_to_tell(%s::uuid[])", [wanted])
        rows = cursor.fetchall()
    people = Practitioner.objects.in_bulk({who for row in rows for who in row[3:5] if who})
    agencies = Agency.objects.in_bulk({row[5] for row in rows})
    return {
        case: WhoHears(case, family, tuple(hidden), people.get(lead), people.get(told), agencies[agency])
        for case, family, hidden, lead, told, agency in rows
    }


def helped_in(people: Iterable[UUID]) -> dict[UUID, WhoHears]:
    """Whom to ring about each of these people who is helped now, as far as the principal may know that they are."""
    wanted = sorted(set(people))
    with connection.cursor() as cursor:
        cursor.execute("select person_id, case_id from gate.helped_in(%s::uuid[])", [wanted])
        cases = dict(cursor.fetchall())
    hears = whom_to_tell(cases.values()) if cases else {}
    return {person: hears[case] for person, case in cases.items() if case in hears}


def families_in_touch(*, after: str = "") -> InTouchPage:
    """Families being kept in touch with who were told and agreed to be on lists: one page of at most 50 children."""
    day, last = place_of(after) or (None, None)
    rows = _in_touch(None, day, last, SHOWN + 1)
    shown = rows[:SHOWN]
    cases: dict[UUID, list[tuple[UUID, datetime.date]]] = {}
    for _, case, child, ends_on in shown:
        cases.setdefault(case, []).append((child, ends_on))
    families = [
        InTouch(case, tuple(child for child, _ in rows), max(day for _, day in rows)) for case, rows in cases.items()
    ]
    return InTouchPage(families, mark(shown[-1][3], shown[-1][0]) if len(rows) > SHOWN else "")


def children_in_touch(case: UUID) -> list[UUID]:
    """The children of one case on the list; none when the family is on no list of this principal."""
    return [child for _, _, child, _ in _in_touch(case, None, None, SHOWN)]


def children_helped(case: UUID) -> list[UUID]:
    """The children of a case somebody works with now, as far as visible."""
    rows = ChildInCase.objects.visible().filter(case=case, state__in=lifecycle.WORKING)
    return [child.whom for child in rows.order_by("recorded_at", "id")]


def quick_notes_sent(
    post: Post, cases: Iterable[UUID], *, since: datetime.datetime, oversees: bool, most: int
) -> list[Note]:
    """Quick notes about these cases sent to this practitioner; to the agency alone when it `oversees`. Newest first."""
    to_me = Q(sent_to_practitioner=post.practitioner_id)
    if oversees:
        to_me |= Q(sent_to=post.agency_id, sent_to_practitioner__isnull=True)
    rows: QuerySet[Note] = Note.objects.visible().filter(to_me, case__in=list(cases), recorded_at__gt=since)
    return list(rows.filter(note_kind=NoteKind.QUICK).select_related("owner").order_by("-recorded_at")[:most])


def _in_touch(
    case: UUID | None, day: datetime.date | None, last: UUID | None, most: int
) -> list[tuple[UUID, UUID, UUID, datetime.date]]:
    with connection.cursor() as cursor:
        cursor.execute("select * from gate.families_in_touch(%s, %s, %s, %s)", [case, day, last, most])
        found: list[tuple[UUID, UUID, UUID, datetime.date]] = cursor.fetchall()
        return found
