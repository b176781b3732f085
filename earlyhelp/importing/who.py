"""The agencies and people of an imported history: agencies.csv and people.csv, checked row by row."""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass, replace

from cases.vocabulary import FamilyPart
from earlyhelp.importing.dates import Shift, read_date
from earlyhelp.importing.files import Problems, Row
from earlyhelp.importing.words import PARTS, TYPE_WORDS, agency_type
from sharing_agreements.part_known import PartKnownDate
from sharing_agreements.vocabulary import AgencyType, Precision

NOT_NAMED = "(not named)"
"""Ends the mention of people who have no row in people.csv: kept as words, about nobody's anchor."""
UNKNOWN = PartKnownDate(None, Precision.UNKNOWN)
SEXES = {"F", "M", "U", ""}


@dataclass(frozen=True)
class AgencyLine:
    """An agency that knew of something."""

    row: Row
    code: str
    name: str
    type: AgencyType


@dataclass(frozen=True)
class PersonLine:
    """Somebody the history names."""

    row: Row
    name: str
    surname: str
    part: FamilyPart
    born: PartKnownDate
    sex: str


def read_agencies(rows: Iterable[Row], problems: Problems) -> dict[str, AgencyLine]:
    """Agencies by code."""
    found: dict[str, AgencyLine] = {}
    for row in rows:
        before = len(problems.found)
        problems.need(row, code=20, agency=120, type=40)
        if row["code"] in found:
            problems.on(row, f"the code {row['code']} is there twice")
        elif any(line.name == row["agency"] for line in found.values()):
            problems.on(row, f"the agency {row['agency']} is there twice")
        sort = agency_type(row["type"], row["agency"])
        if sort is None and row["type"]:
            problems.on(row, f"there is no sort of agency called {row['type']}; use one of: {', '.join(TYPE_WORDS)}")
        if sort and len(problems.found) == before:
            found[row["code"]] = AgencyLine(row, row["code"], row["agency"], sort)
    return found


def read_people(rows: Iterable[Row], problems: Problems) -> dict[str, PersonLine]:
    """People by name."""
    found: dict[str, PersonLine] = {}
    for row in rows:
        before = len(problems.found)
        problems.need(row, name=80, role=40)
        problems.fits(row, surname=80)
        if row["name"] in found:
            problems.on(row, f"the name {row['name']} is there twice; make each name different")
        if ";" in row["name"] or row["name"].endswith(NOT_NAMED):
            problems.on(row, f"a name cannot hold a semicolon or end in {NOT_NAMED}")
        part = PARTS.get(row["role"].lower())
        if part is None and row["role"]:
            problems.on(row, f"there is no role called {row['role']}; use one of: {', '.join(sorted(PARTS))}")
        if row["sex"].upper() not in SEXES:
            problems.on(row, f"sex is {row['sex']}; write F, M, U, or leave it empty")
        born = _born(row, problems)
        if part and born and len(problems.found) == before:
            found[row["name"]] = PersonLine(row, row["name"], row["surname"], part, born, row["sex"].upper() or "U")
    return found


def _born(row: Row, problems: Problems) -> PartKnownDate | None:
    precision, said = row["born_precision"].lower(), read_date(row["born"])
    if not row["born"] and precision in {"unknown", ""}:
        return UNKNOWN
    if said is None:
        problems.on(row, f"born is {row['born'] or 'empty'}; write 1997, 1997-05 or 1997-05-14, or leave it unknown")
        return None
    if precision == Precision.ESTIMATED and said.precision == Precision.YEAR:
        return PartKnownDate(said.date, Precision.ESTIMATED)
    if precision not in {said.precision, ""}:
        problems.on(row, f"born is {row['born']} and born_precision is {precision}; the two must say the same")
        return None
    return said


def shift_to(born: datetime.date | None, people: Iterable[PersonLine], problems: Problems) -> Shift:
    """How far the history moves so that its one person with an exact birth date was born on this day instead."""
    if born is None:
        return Shift()
    exact = [person.born.date for person in people if person.born.precision == Precision.DAY]
    if len(exact) != 1 or exact[0] is None:
        problems.at("people.csv", 0, "--born needs exactly one person whose day of birth is known")
        return Shift()
    return Shift.between(exact[0], born)


def born_by(person: PersonLine, shift: Shift, today: datetime.date, problems: Problems) -> PersonLine:
    """The person with their birth moved; it cannot be still to come."""
    moved = shift.move(person.born)
    if moved is None or (moved.date and moved.date > today):
        problems.on(person.row, f"born {person.row['born']} would be after today")
        return person
    return replace(person, born=moved)
