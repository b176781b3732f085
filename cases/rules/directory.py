"""The services directory: what a file in the shape of Open Referral UK 3 holds, when an entry is stale, and how a
family's referral to a service may go on. Plain text and dates in, no database.

The standard is the UK profile of the Human Services Data Specification, version 3: a service object with its
organization, areas, locations, phones and attributes; a list of them stands bare or under `contents`.
"""

import datetime
import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from cases import refusals
from cases.vocabulary import ReferralState
from sharing_agreements.refusals import Refusal

S = ReferralState
FOLLOWS: dict[ReferralState, frozenset[ReferralState]] = {
    S.SENT: frozenset({S.ACCEPTED, S.WAITING_LIST, S.STARTED, S.REFUSED, S.NO_FUNDING}),
    S.ACCEPTED: frozenset({S.WAITING_LIST, S.STARTED, S.REFUSED, S.NO_FUNDING}),
    S.WAITING_LIST: frozenset({S.ACCEPTED, S.STARTED, S.REFUSED, S.NO_FUNDING}),
    S.STARTED: frozenset({S.FINISHED, S.NO_FUNDING}),
    S.FINISHED: frozenset(),
    S.REFUSED: frozenset(),
    S.NO_FUNDING: frozenset(),
}
"""How a referral goes on from where it stands."""
UNMET = frozenset({S.WAITING_LIST, S.REFUSED, S.NO_FUNDING})
"""Where a need was known and no help came of it (issue 5: the unmet-need report)."""
STALE_MONTHS = 6
"""An entry is looked at again after this time (J15)."""
GONE = ("inactive", "defunct")
CLOSED_FOR_NOW = "temporarily closed"
"""How the standard says it, in `status`."""
MOST_SERVICES = 5000
MOST_AGE = 120


def why_not_follow(stands: ReferralState, to: ReferralState) -> Refusal | None:
    """A referral goes on only from where it stands."""
    return None if to in FOLLOWS[stands] else refusals.NOT_SO_FAR


class Door(StrEnum):
    """Whether a family that is sent to a service today finds it open. The value is what a reader is told."""

    OPEN = ""
    WAITING_LIST = "Closed for now: it takes names for its waiting list only"
    CLOSED = "Closed for now, and it keeps no waiting list"
    GONE = "Takes nobody any more"


def door_of(status: str, *, keeps_list: bool) -> Door:
    """How a service's door stands. `keeps_list`: it told a keeper that it takes names while it is closed."""
    if status in GONE:
        return Door.GONE
    if status != CLOSED_FOR_NOW:
        return Door.OPEN
    return Door.WAITING_LIST if keeps_list else Door.CLOSED


def why_not_refer(door: Door, *, onto_list: bool) -> Refusal | None:
    """No family is sent to a closed door. `onto_list`: the service has put them on its waiting list."""
    if door == Door.WAITING_LIST and onto_list:
        return None
    return {
        Door.GONE: refusals.SERVICE_CLOSED,
        Door.CLOSED: refusals.SERVICE_CLOSED_FOR_NOW,
        Door.WAITING_LIST: refusals.SERVICE_LIST_ONLY,
    }.get(door)


def stale_before(today: datetime.date) -> datetime.date:
    """The last day on which a check is old: six months back, by the calendar."""
    month = today.month - STALE_MONTHS
    year, month = (today.year, month) if month > 0 else (today.year - 1, month + 12)
    last = (datetime.date(year + month // 12, month % 12 + 1, 1) - datetime.timedelta(days=1)).day
    return datetime.date(year, month, min(today.day, last))


def is_stale(assured_date: datetime.date | None, today: datetime.date) -> bool:
    """Whether somebody must look whether an entry still holds: never checked, or six months ago and more."""
    return assured_date is None or assured_date <= stale_before(today)


@dataclass(frozen=True)
class Entry:
    """One service as a file tells of it; the names are the standard's. `whole` is the object as it came."""

    their_id: str
    name: str
    organization: str
    description: str
    url: str
    email: str
    phone: str
    status: str
    eligibility_description: str
    minimum_age: int | None
    maximum_age: int | None
    wait_time: str
    application_process: str
    fees_description: str
    assured_date: datetime.date | None
    areas: tuple[str, ...]
    places: tuple[str, ...]
    terms: tuple[str, ...]
    whole: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class LeftOut:
    """An entry that is left out, by its place in the file and the line it begins on, and why."""

    place: int
    line: int
    reason: str


@dataclass
class Read:
    """What a file holds. `unreadable`: why there is nothing to read."""

    entries: list[Entry] = field(default_factory=list)
    rejected: list[LeftOut] = field(default_factory=list)
    unreadable: str = ""


def read_file(text: str) -> Read:
    """Every service of a file. One that is not right is left out with its reason; the others come in."""
    text = text.lstrip("\ufeff")
    try:
        whole = json.loads(text)
    except (json.JSONDecodeError, RecursionError) as wrong:
        line = getattr(wrong, "lineno", 0)
        return Read(unreadable=f"The file is not JSON: it goes wrong in line {line}" if line else "It is not JSON")
    listed = whole.get("contents", whole.get("services")) if isinstance(whole, dict) else whole
    if listed is None and isinstance(whole, dict) and "name" in whole:
        listed = [whole]
    if not isinstance(listed, list) or not listed:
        return Read(unreadable="The file holds no list of services")
    if len(listed) > MOST_SERVICES:
        return Read(unreadable="The file holds more than 5,000 services")
    found = Read()
    lines = list(_lines_of(text, listed))
    first: dict[str, int] = {}
    for place, (one, line) in enumerate(zip(listed, lines, strict=True), start=1):
        reason = _wrong(one)
        their_id = str(one.get("id", "")) if isinstance(one, dict) else ""
        if not reason and their_id in first:
            reason = f"has the id of entry {first[their_id]}"
        if reason:
            found.rejected.append(LeftOut(place, line, reason))
            continue
        first[their_id] = place
        found.entries.append(_entry(one))
    return found


def _lines_of(text: str, listed: list[Any]) -> Iterator[int]:
    """The line on which each entry's id stands, as far as it can be found; else that of the entry before."""
    at = 0
    for one in listed:
        their_id = one.get("id") if isinstance(one, dict) else None
        found = text.find(json.dumps(their_id), at) if isinstance(their_id, str) else -1
        at = found if found >= 0 else at
        yield text.count("\n", 0, at) + 1


_LENGTHS = {"name": 200, "description": 8000, "eligibility_description": 2000, "application_process": 2000}
_STATUSES = frozenset({"", "active", "inactive", "defunct", "temporarily closed"})
_URL = re.compile(r"https?://[^\s<>\"']{3,380}", re.ASCII)
_MAIL = re.compile(r"[^@\s]{1,64}@[^@\s]{1,180}\.[^@\s]{2,20}", re.ASCII)


def _wrong(one: Any) -> str:
    """Why an entry cannot come in; empty when it can."""
    if not isinstance(one, dict):
        return "is not a service"
    return next((reason for reason, is_so in _holds(one) if not is_so), "")


def _holds(one: dict[str, Any]) -> Iterator[tuple[str, bool]]:
    """What must hold of an entry, each with what is said when it does not, in order."""
    yield "has no id of at most 80 letters", 0 < len(_text(one, "id")) <= 80
    for name, most in _LENGTHS.items():
        yield f"has a {name} longer than {most} letters", len(_text(one, name)) <= most
    yield "has no name", bool(_text(one, "name"))
    yield "has a url that is no web address", _fits(_URL, _text(one, "url"))
    yield "has an email that is no e-mail address", _fits(_MAIL, _text(one, "email"))
    yield "has a status that the standard does not know", _text(one, "status") in _STATUSES
    ages = [one.get("minimum_age"), one.get("maximum_age")]
    yield "has an age that is no number of years", all(age is None or _age(age) is not None for age in ages)
    low, high = map(_age, ages)
    yield "has a minimum_age above its maximum_age", low is None or high is None or low <= high
    yield (
        "has an assured_date that is no date",
        not _text(one, "assured_date") or bool(_day(_text(one, "assured_date"))),
    )


def _fits(pattern: re.Pattern[str], said: str) -> bool:
    return not said or pattern.fullmatch(said) is not None


def _entry(one: dict[str, Any]) -> Entry:
    organization = one.get("organization")
    return Entry(
        their_id=_text(one, "id"),
        name=_text(one, "name"),
        organization=_text(organization, "name")[:200],
        description=_text(one, "description"),
        url=_text(one, "url"),
        email=_text(one, "email"),
        phone=next(iter(_texts(one, "phones", "number")), "")[:60],
        status=_text(one, "status") or "active",
        eligibility_description=_text(one, "eligibility_description"),
        minimum_age=_age(one.get("minimum_age")),
        maximum_age=_age(one.get("maximum_age")),
        wait_time=_text(one, "wait_time")[:200],
        application_process=_text(one, "application_process"),
        fees_description=_text(one, "fees_description")[:1000],
        assured_date=_day(_text(one, "assured_date")),
        areas=tuple(area[:120] for area in _texts(one, "service_areas", "name")),
        places=tuple(_places(one)),
        terms=tuple(_terms(one)),
        whole=one,
    )


def _text(one: Any, name: str) -> str:
    said = one.get(name) if isinstance(one, dict) else None
    return str(said).strip().strip('"') if isinstance(said, str | int | float) and not isinstance(said, bool) else ""


def _texts(one: Any, name: str, part: str) -> list[str]:
    listed = one.get(name) if isinstance(one, dict) else None
    said = (_text(each, part) for each in listed) if isinstance(listed, list) else ()
    return list(dict.fromkeys(word for word in said if word))


def _places(one: dict[str, Any]) -> Iterator[str]:
    """Each location in one line: its name, town and postcode."""
    listed = one.get("service_at_locations")
    for at in listed if isinstance(listed, list) else []:
        location = at.get("location") if isinstance(at, dict) else None
        addresses = location.get("addresses") if isinstance(location, dict) else None
        address = addresses[0] if isinstance(addresses, list) and addresses else {}
        parts = [_text(location, "name"), _text(address, "city"), _text(address, "postal_code")]
        if any(parts):
            yield ", ".join(part for part in parts if part)[:200]


def _terms(one: dict[str, Any]) -> Iterator[str]:
    """Words of the taxonomies the service is filed under."""
    listed = one.get("attributes")
    for each in listed if isinstance(listed, list) else []:
        term = _text(each.get("taxonomy_term"), "name") if isinstance(each, dict) else ""
        if term:
            yield term[:120]


def _age(said: Any) -> int | None:
    if isinstance(said, bool) or not isinstance(said, int | float | str) or said == "":
        return None
    try:
        years = float(said)
    except ValueError:
        return None
    return int(years) if 0 <= years <= MOST_AGE else None


def _day(said: str) -> datetime.date | None:
    try:
        return datetime.date.fromisoformat(said[:10])
    except ValueError:
        return None


def headings_of(entry: Entry, words: Mapping[str, Iterable[str]]) -> list[str]:
    """The outcome headings whose words stand among the terms or in the name of a service."""
    said = " ".join([entry.name, *entry.terms]).lower()
    return [heading for heading, some in words.items() if any(word in said for word in some)]
