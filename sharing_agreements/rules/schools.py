"""Schools from a CSV file: which lines are schools, and why the others are not. Plain text in, no database.

A school is known by its URN, six digits (domain 3.3); its inbox is one e-mail address. A line that is left out is named
by its number and the reason, never by its words: the list may travel further than the file.
"""

import csv
import io
import re
from collections.abc import Iterator
from dataclasses import dataclass, field

NEEDED = ("name", "urn", "email", "phone")
MAY_BE = ("uprn", "district")
MOST_LINES = 1000
LONGEST_NAME = 120
ROOM = 1023
"""Agencies a partnership holds: the masks have no place for more."""


@dataclass(frozen=True)
class School:
    """One line of the file, as an agency."""

    name: str
    urn: str
    uprn: str
    email: str
    phone: str

    @property
    def short_name(self) -> str:
        """At most 40 letters, cut between words."""
        return self.name if len(self.name) <= 40 else self.name[:40].rsplit(" ", 1)[0]


@dataclass(frozen=True)
class LeftOut:
    """A line that is no school, and why."""

    line: int
    reason: str


@dataclass(frozen=True)
class Here:
    """What is here already: the district that schools are added to, numbers and names taken (in small letters), and
    how many more agencies fit."""

    district: str
    urns: frozenset[str]
    names: frozenset[str]
    room: int


@dataclass
class Read:
    """What a file holds. `already`: lines whose school is here. `unreadable`: why there is nothing to read."""

    schools: list[School] = field(default_factory=list)
    rejected: list[LeftOut] = field(default_factory=list)
    already: int = 0
    unreadable: str = ""


def read_file(text: str, here: Here) -> Read:
    """Every line of a file with a heading line, commas between columns."""
    rows = list(csv.reader(io.StringIO(text.lstrip("\ufeff"))))
    columns = [one.strip().lower() for one in rows[0]] if rows else []
    why = _why_unreadable(rows, columns)
    if why:
        return Read(unreadable=why)
    found = Read()
    first_urn: dict[str, int] = {}
    first_name: dict[str, int] = {}
    for line, row in enumerate(rows[1:], start=2):
        if not any(cell.strip() for cell in row):
            continue
        said = {name: cell.strip() for name, cell in zip(columns, row, strict=False)}
        school = School(*(said.get(name, "") for name in ("name", "urn", "uprn", "email", "phone")))
        name = school.name.lower()
        if school.urn in here.urns:
            found.already += 1
            continue
        reasons = [
            *(["has more columns than the first line"] if len(row) > len(columns) else []),
            *_wrong(school, said.get("district", ""), here),
            *([f"has the URN of line {first_urn[school.urn]}"] if school.urn in first_urn else []),
            *([f"has the name of line {first_name[name]}"] if name in first_name else []),
            *(["has no place: a partnership holds 1,023 agencies"] if len(found.schools) >= here.room else []),
        ]
        if reasons:
            found.rejected.append(LeftOut(line, reasons[0]))
            continue
        first_urn[school.urn] = first_name[name] = line
        found.schools.append(school)
    return found


def _why_unreadable(rows: list[list[str]], columns: list[str]) -> str:
    if not rows:
        return "The file is empty"
    if not set(NEEDED) <= set(columns):
        return f"The first line must name these columns: {', '.join(NEEDED)}"
    if len(rows) < 2:
        return "The file has no line under the first"
    return "The file has more than 1,000 lines" if len(rows) - 1 > MOST_LINES else ""


def _wrong(school: School, district: str, here: Here) -> Iterator[str]:
    """What is wrong with a line by itself, in the order of its columns."""
    holds = {
        "has no name": bool(school.name),
        "has a name longer than 120 letters": len(school.name) <= LONGEST_NAME,
        "has the name of an agency that is here": school.name.lower() not in here.names,
        "has a URN that is not six digits": _is(r"[0-9]{6}", school.urn),
        "has a UPRN that is not up to twelve digits": _is(r"[0-9]{0,12}", school.uprn),
        "is in another district": district.lower() in {"", here.district.lower()},
        "has no e-mail address for its inbox": _is(r"[^@\s]{1,64}@[^@\s]{1,180}\.[^@\s]{2,10}", school.email),
        "has no telephone number": _is(r"\+?[0-9 ()]{7,39}", school.phone),
    }
    return (reason for reason, is_so in holds.items() if not is_so)


def _is(pattern: str, text: str) -> bool:
    return re.fullmatch(pattern, text, re.ASCII) is not None
