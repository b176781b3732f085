"""What each agency could have seen of a family's chronology on an earlier day (sql/0008): numbers, no content."""

import datetime
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.db import connection

from sharing_agreements.models import Agency
from sharing_agreements.presenting.seeing import LEVELS
from sharing_agreements.vocabulary import Kind, Purpose, Role

HELD = "own"
HOW = {
    HELD: "its own",
    "sent": "sent to it",
    "shared": "shared with it by whoever recorded it, on top of agreements",
    "clause": "by an agreement",
}
"""Each way of gate.seen_on (sharing_agreements/sql/0016) in words."""


@dataclass(frozen=True)
class Clause:
    """The clause that opened something, as the page names it."""

    number: str
    agreement: UUID
    reference: str
    title: str


@dataclass(frozen=True)
class Line:
    """So many entries of a kind and owner that an agency could have seen in one way, and how much of them."""

    way: str
    owner: str
    kind: Kind
    level: int
    entries: int
    roles: Sequence[Role]
    clause: Clause | None

    @property
    def how_much(self) -> str:
        """The level in words."""
        return LEVELS[self.level]


@dataclass(frozen=True)
class Seen:
    """Lines of one owner that are open in one way, as one line of the page."""

    owner: str
    what: str
    how_much: str
    how: str
    roles: str
    agreement: Clause | None
    clauses: str


@dataclass
class AgencyThen:
    """One agency: how many entries it held itself, how many it could have read, its own among them, and which."""

    name: str
    held: int = 0
    readable: int = 0
    lines: list[Line] = field(default_factory=list)

    @property
    def own(self) -> str:
        """Which kinds of record it held itself, and how many."""
        return _numbers(line for line in self.lines if line.way == HELD)

    @property
    def of_others(self) -> list[Seen]:
        """What it could have seen of others."""
        together: dict[tuple[object, ...], list[Line]] = {}
        for line in self.lines:
            if line.way != HELD:
                agreement = line.clause and line.clause.agreement
                together.setdefault((line.owner, line.way, line.level, agreement, tuple(line.roles)), []).append(line)
        return [_as_one(lines) for lines in together.values()]


def _as_one(lines: list[Line]) -> Seen:
    first = lines[0]
    return Seen(
        owner=first.owner,
        what=_numbers(lines),
        how_much=first.how_much,
        how=HOW[first.way],
        roles=", ".join(role.label for role in first.roles),
        agreement=first.clause,
        clauses=", ".join(sorted({line.clause.number for line in lines if line.clause})),
    )


def _numbers(lines: Iterable[Line]) -> str:
    """How many entries of each kind; two clauses may open the same ones."""
    most: dict[Kind, int] = {}
    for line in lines:
        most[line.kind] = max(most.get(line.kind, 0), line.entries)
    return "; ".join(f"{kind.label}: {entries}" for kind, entries in most.items())


@dataclass(frozen=True)
class Reader:
    """An agency that could have seen everything: in a role for a purpose, or without needing an agreement."""

    agency: str
    role: str
    purpose: str


@dataclass(frozen=True)
class LookedBack:
    """What there was on a day, who could have seen which part, and when somebody could first have seen it all."""

    day: datetime.date
    whole: int
    agencies: list[AgencyThen]
    first_day: datetime.date | None
    first_readers: list[Reader]

    @property
    def holders(self) -> int:
        """How many agencies held something themselves."""
        return sum(1 for one in self.agencies if one.held)

    @property
    def most(self) -> int:
        """The most that any one agency could have read."""
        return max((one.readable for one in self.agencies), default=0)

    @property
    def saw_nothing(self) -> list[str]:
        """Agencies that held something and could have seen nothing of others."""
        return [one.name for one in self.agencies if not one.of_others]


def days_to_look_back_at(family: UUID, by: str) -> tuple[datetime.date, datetime.date] | None:
    """The first and the last day of what the principal may look back at; None when there is nothing."""
    return next(_read("select * from gate.days_to_look_back_at(%s, %s)", [family, by]), None)  # type: ignore[arg-type]


def look_back(family: UUID, *, day: datetime.date, by: str) -> LookedBack:
    """The family on that day. `by`: an entry counts from the day it was "recorded", or from the day it "happened"."""
    names = dict(Agency.objects.values_list("no", "name"))
    agencies: dict[int, AgencyThen] = {}
    whole = 0
    for no, way, kind, owner, level, roles, entries, held, readable, *clause in _read(_LINES, [family, day, by]):
        if no is None:
            whole = entries
            continue
        one = agencies.setdefault(no, AgencyThen(names[no]))
        if way is None:
            one.held, one.readable = held, readable
            continue
        found = Clause(*clause) if clause[0] else None
        told = [role for role in Role if role in roles]
        one.lines.append(Line(way, names[owner], Kind(kind), level, entries, told, found))
    first = list(_read("select * from gate.first_sight_of_whole(%s, %s, %s)", [family, day, by])) if whole else []
    return LookedBack(
        day=day,
        whole=whole,
        agencies=sorted(agencies.values(), key=lambda one: (-one.readable, one.name)),
        first_day=first[0][0] if first else None,
        first_readers=[
            Reader(names[no], Role(role).label if role else "", Purpose(purpose).label if purpose else "")
            for _, no, role, purpose in first
        ],
    )


_LINES = """
with e as materialized (select * from gate.looking_back(%s, %s, %s))
select e.agency_no, e.way, e.kind, e.owner_no, e.level, e.roles, e.happenings, e.held, e.readable,
       w.number, w.agreement_id, w.reference, w.title
  from e
  left join gate.clause_words(array(select distinct e.clause_id from e)) w on w.clause_id = e.clause_id
 order by e.agency_no, e.way, e.owner_no, e.kind, w.reference, w.number
"""


def _read(question: str, arguments: list[Any]) -> Iterator[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(question, arguments)
        yield from cursor.fetchall()
