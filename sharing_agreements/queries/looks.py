"""Questions to the disclosure log, as the gate answers them (sql/0014_looks): nothing for those who may not ask."""

import datetime
import json
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import connection

from sharing_agreements.rules import Opened

Place = tuple[datetime.date, UUID] | None
"""The look after which a page begins; None for the newest."""

UNUSUAL_DAYS = 28
MANY_FAMILIES = 20
"""More families than this within an hour are many."""


@dataclass(frozen=True)
class Look:
    """One line of the log that may be shown."""

    id: UUID
    at: datetime.datetime
    practitioner: UUID
    agency_no: int
    role: str
    purpose: str
    what: str
    outcome: str


@dataclass(frozen=True)
class LookWithBasis(Look):
    """A look with what opened the own agency's records to it; `told` None while the job has not said it yet."""

    told: datetime.datetime | None
    opened: list[Opened]


@dataclass(frozen=True)
class AgencyLooks:
    """How often practitioners of one agency looked, first and last."""

    agency_no: int
    looks: int
    first_at: datetime.datetime
    last_at: datetime.datetime


@dataclass(frozen=True)
class MyLook:
    """A look of one's own; `agency_no` None where none was noted."""

    id: UUID
    at: datetime.datetime
    post: UUID
    agency_no: int | None
    role: str
    purpose: str
    what: str
    outcome: str
    family: UUID | None
    records: int


@dataclass(frozen=True)
class UnusualLook:
    """Somebody's looks of one day to ask about. `holds`: the own agency holds records of the family."""

    id: UUID
    at: datetime.datetime
    practitioner: UUID
    role: str
    family: UUID | None
    holds: bool
    families: int | None
    reasons: list[str]


@dataclass(frozen=True)
class FamilyHeld:
    """A family the governance lead's agency holds records of: how many, first and last month."""

    family: UUID
    records: int
    first_month: datetime.date
    last_month: datetime.date


def families_to_ask_about(name: str, born: datetime.date) -> list[FamilyHeld]:
    """Of somebody with this whole name and date of birth, newest first; empty unless a governance lead asks."""
    return [FamilyHeld(*row) for row in _read("gate.families_to_ask_about(%s, %s)", [name, born])]


def may_ask_about(family: UUID) -> bool:
    """Whether anything is held of this family that the principal may ask about."""
    return bool(_read("gate.may_ask_about(%s)", [family])[0][0])


def agencies_that_looked(family: UUID) -> list[AgencyLooks]:
    """By agency, latest first; empty when the principal may ask about no record of the family."""
    return [AgencyLooks(*row) for row in _read("gate.agencies_that_looked(%s)", [family])]


def who_looked(family: UUID, *, after: Place, most: int) -> list[LookWithBasis]:
    """By practitioner, newest first; empty unless a manager or governance lead asks."""
    rows = _read("gate.who_looked(%s, %s, %s, %s)", [family, *(after or (None, None)), most])
    return [LookWithBasis(*[*row[:-1], _opened(row[-1])]) for row in rows]


def _opened(openings: str) -> list[Opened]:
    names = {"way", "records", "kinds", "number", "agreement", "version"}
    return [Opened(**{name: one[name] for name in names & one.keys()}) for one in json.loads(openings)]


def my_looks(*, after: Place, most: int) -> list[MyLook]:
    """The principal's own looks, newest first."""
    return [MyLook(*row) for row in _read("gate.my_looks(%s, %s, %s)", [*(after or (None, None)), most])]


@dataclass(frozen=True)
class LookByOthers:
    """A look of another agency at records of the own one: of which kinds, how many."""

    id: UUID
    at: datetime.datetime
    practitioner: UUID
    agency_no: int
    role: str
    purpose: str
    what: str
    outcome: str
    family: UUID | None
    kinds: list[int]
    records: int


def looks_by_others(*, after: Place, most: int) -> list[LookByOthers]:
    """At records of the acting governance lead's agency, newest first; empty for everybody else."""
    rows = _read("gate.looks_by_others(%s, %s, %s)", [*(after or (None, None)), most])
    return [LookByOthers(*row) for row in rows]


def unusual_looks(*, after: Place, most: int) -> list[UnusualLook]:
    """Of the acting governance lead's agency, newest first; empty for everybody else."""
    arguments = [UNUSUAL_DAYS, MANY_FAMILIES, *(after or (None, None)), most]
    return [UnusualLook(*row) for row in _read("gate.unusual_looks(%s, %s, %s, %s, %s)", arguments)]


def _read(call: str, arguments: list[Any]) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(f"select * from {call}", arguments)  # noqa: S608
        found: list[tuple[Any, ...]] = cursor.fetchall()
    return found
