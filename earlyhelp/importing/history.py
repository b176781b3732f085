"""A family's history as its three files tell it: read, checked row by row, and nothing of it in the database yet."""

import datetime
import hashlib
from collections.abc import Container
from dataclasses import dataclass, field
from pathlib import Path

from cases.vocabulary import OutcomeHeading
from earlyhelp.importing.dates import Shift, read_date
from earlyhelp.importing.files import Problems, Row, rows_of
from earlyhelp.importing.who import (
    NOT_NAMED,
    UNKNOWN,
    AgencyLine,
    PersonLine,
    born_by,
    read_agencies,
    read_people,
    shift_to,
)
from earlyhelp.importing.words import headings
from sharing_agreements.part_known import PartKnownDate
from sharing_agreements.vocabulary import Precision

AGENCIES, PEOPLE, EVENTS = "agencies.csv", "people.csv", "events.csv"
COLUMNS = {
    AGENCIES: ("code", "agency", "type"),
    PEOPLE: ("name", "surname", "role", "born", "born_precision", "sex"),
    EVENTS: ("seq", "month", "event", "people", "known_to", "inferred_known_to", "category", "basis"),
}
MOST_SEQ = 999_999


@dataclass(frozen=True)
class EventLine:
    """Something that happened, whom it names, and which agencies knew."""

    seq: int
    day: datetime.date
    precision: Precision
    title: str
    text: str
    people: tuple[str, ...]
    unnamed: str
    stated: tuple[str, ...]
    inferred: tuple[str, ...]
    headings: tuple[OutcomeHeading, ...]


@dataclass
class History:
    """Three files as one."""

    digest: str = ""
    agencies: dict[str, AgencyLine] = field(default_factory=dict)
    people: dict[str, PersonLine] = field(default_factory=dict)
    events: dict[int, EventLine] = field(default_factory=dict)


@dataclass(frozen=True)
class _Known:
    """What rows of events may refer to. A code or name of a bad row counts: that row is reported once, where it is."""

    codes: Container[str]
    names: Container[str]
    shift: Shift
    today: datetime.date


def read_history(folder: Path, *, born: datetime.date | None, today: datetime.date, problems: Problems) -> History:
    """What the folder tells. Everything wrong is added to `problems`; with any, the history is not to be used.

    `born` moves the whole history so that the one person with an exact birth date was born on that day.
    """
    rows = {file: rows_of(folder, file, columns, problems) for file, columns in COLUMNS.items()}
    history = History(agencies=read_agencies(rows[AGENCIES], problems), people=read_people(rows[PEOPLE], problems))
    shift = shift_to(born, history.people.values(), problems)
    known = _Known({row["code"] for row in rows[AGENCIES]}, {row["name"] for row in rows[PEOPLE]}, shift, today)
    seen: set[int] = set()
    for row in rows[EVENTS]:
        event = _event(row, known, seen, problems)
        seen.add(event.seq)
        history.events[event.seq] = event
    history.people = {name: born_by(person, shift, today, problems) for name, person in history.people.items()}
    if not problems.found:
        history.digest = _digest(folder, born)
    return history


def _digest(folder: Path, born: datetime.date | None) -> str:
    contents = [(folder / file).read_bytes() for file in COLUMNS]
    return hashlib.sha256(b"\0".join([*contents, str(born).encode()])).hexdigest()


def _event(row: Row, known: _Known, seen: set[int], problems: Problems) -> EventLine:
    problems.need(row, event=20_000, people=1000, category=300)
    people, unnamed = _people(row, known, problems)
    stated, inferred = (_codes(row, column, known, problems) for column in ("known_to", "inferred_known_to"))
    for code in sorted(set(stated) & set(inferred)):
        problems.on(row, f"{code} is in known_to and in inferred_known_to; it can be in one only")
    when = _when(row, known, problems)
    return EventLine(
        seq=_seq(row, seen, problems),
        day=when.date or known.today,
        precision=when.precision,
        title=row["category"][:1].upper() + row["category"][1:],
        text="\n\n".join(filter(None, [row["event"], row["basis"] and f"Basis: {row['basis']}."])),
        people=people,
        unnamed=unnamed,
        stated=stated,
        inferred=inferred,
        headings=tuple(headings(row.several("category"))),
    )


def _seq(row: Row, seen: set[int], problems: Problems) -> int:
    typed = row["seq"]
    number = int(typed) if typed.isascii() and typed.isdigit() and len(typed) <= len(str(MOST_SEQ)) else 0
    if number == 0:
        problems.on(row, f"seq is {typed or 'empty'}; write a whole number from 1 to {MOST_SEQ}")
    elif number in seen:
        problems.on(row, f"seq {number} is there twice")
    return number


def _when(row: Row, known: _Known, problems: Problems) -> PartKnownDate:
    said = read_date(row["month"])
    if said is None:
        problems.on(row, f"month is {row['month'] or 'empty'}; write 1997-05, or 1997-05-14 where the day is known")
        return UNKNOWN
    moved = known.shift.move(said)
    if moved is None or (moved.date and moved.date > known.today):
        problems.on(row, f"month {row['month']} would be after today")
        return UNKNOWN
    return moved


def _people(row: Row, known: _Known, problems: Problems) -> tuple[tuple[str, ...], str]:
    """Names with a row in people.csv, and the words for those without."""
    parts = list(dict.fromkeys(row.several("people")))
    unnamed = [part for part in parts if part.endswith(NOT_NAMED)]
    named = [part for part in parts if part not in unnamed]
    for name in named:
        if name not in known.names:
            problems.on(row, f"there is nobody called {name} in {PEOPLE}; or say it with {NOT_NAMED} at the end")
    if row["people"] and not named:
        problems.on(row, f"the event names nobody of {PEOPLE}; it must name somebody")
    if len("; ".join(unnamed)) > 200:
        problems.on(row, f"the words for people {NOT_NAMED} are longer than 200 characters")
    return tuple(named), "; ".join(unnamed)


def _codes(row: Row, column: str, known: _Known, problems: Problems) -> tuple[str, ...]:
    codes = tuple(dict.fromkeys(row.several(column)))
    for code in codes:
        if code not in known.codes:
            problems.on(row, f"{column} names {code}, which is no code in {AGENCIES}")
    return codes
