"""What a report is, as plain values, and the rules about it. No database."""

import datetime
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from referrals.rules.clocks import decision_due
from referrals.vocabulary import TOLD_AS_CODES, Agreed, Answer, ConcernKind, FamilyTold, Seen, Urgency
from sharing_agreements.naming import UNBORN_BABY, name_in_words
from sharing_agreements.part_known import PartKnownDate
from sharing_agreements.vocabulary import AgencyType, Precision
from sharing_agreements.working_time import Calendar

UNDER_FIVE = 5
OWN_VOICE = 13
POLICE = frozenset({AgencyType.POLICE, AgencyType.TRANSPORT_POLICE})


@dataclass(frozen=True)
class Child:
    """One child of a report as the reporter gave them."""

    name: str
    born: PartKnownDate
    seen: Seen
    elsewhere: str = ""
    words: str = ""
    said_with: str = ""
    screening: Mapping[str, Any] = field(default_factory=dict)

    @property
    def is_unborn(self) -> bool:
        """Only a due date was given."""
        return self.born.precision == Precision.DUE


@dataclass(frozen=True)
class Adult:
    """One adult named in a report."""

    name: str
    relation: str = ""
    with_child: bool = False


@dataclass(frozen=True)
class Statement:
    """A thing said, with how the reporter knows it: hearsay must never read as sight."""

    words: str
    basis: str
    told_by: str = ""


@dataclass(frozen=True)
class ReportAnswers:
    """Everything a finished form says: the eleven required answers first, the prompted ones after."""

    danger: Answer
    account: str
    concern: ConcernKind
    happened: PartKnownDate
    happened_at: str
    children: tuple[Child, ...]
    now_at: str
    told: FamilyTold
    urgency: Urgency
    happened_time: datetime.time | None = None
    danger_told: str = ""
    danger_told_at: datetime.time | None = None
    tags: tuple[str, ...] = ()
    signs: dict[str, list[str]] = field(default_factory=dict)
    adults: tuple[Adult, ...] = ()
    strengths: str = ""
    asked_for: str = ""
    told_words: str = ""
    not_safe_because: str = ""
    school: str = ""
    home_line: str = ""
    home_postcode: str = ""
    police_reference: str = ""
    checks: dict[str, str] = field(default_factory=dict)
    dog_or_weapon: str = ""
    interpreter: bool = False
    language: str = ""
    hub_only: str = ""
    informant: str = ""
    family_may_know_informant: bool = False
    statements: tuple[Statement, ...] = ()
    more: tuple[tuple[str, str], ...] = ()
    works_at_no: int | None = None
    works_at: str = ""
    writer: str = ""

    @property
    def told_codes(self) -> tuple[Answer, Agreed, Answer]:
        """A parent knows, what they agreed, safe to tell."""
        return TOLD_AS_CODES[self.told]


NOT_NAMES = frozenset({"not known", "unknown", "n/k", "nk", "not given", UNBORN_BABY.lower()})


def name_parts(name: str) -> tuple[str, str]:
    """A name as typed, as given and family name: the last word is the family name, a single word is given.

    Words that mean "no name" become none, or everybody not known would match everybody else.
    """
    if " ".join(name.lower().split()) in NOT_NAMES:
        return ("", "")
    *given, last = name.split() or [""]
    return (" ".join(given), last) if given else (last, "")


def typed_name(typed: str, *, is_child: bool = True) -> str:
    """A name as the reporter typed it, said back: nobody is called "not known"."""
    given, family = name_parts(typed)
    return name_in_words(given, family, is_unborn=typed == UNBORN_BABY, is_child=is_child)


def is_under_five(born: PartKnownDate, on: datetime.date) -> bool:
    """Unborn, or may not have had a fifth birthday yet, as far as the date is known. Unknown counts as no."""
    return _may_be_under(UNDER_FIVE, born, on, unknown=False)


def may_be_under_13(born: PartKnownDate, on: datetime.date) -> bool:
    """The same for a thirteenth birthday, but unknown counts as yes: nobody is called safe by not being asked."""
    return _may_be_under(OWN_VOICE, born, on, unknown=True)


def _may_be_under(years: int, born: PartKnownDate, on: datetime.date, *, unknown: bool) -> bool:
    if born.precision == Precision.DUE:
        return True
    if born.date is None:
        return unknown
    year, month, day = born.date.year, born.date.month, born.date.day
    if born.precision in {Precision.YEAR, Precision.ESTIMATED}:
        month, day = 12, 31
    elif born.precision == Precision.MONTH:
        day = 31
    return (year + years, month, day) > (on.year, on.month, on.day)


def reference(number: int, on: datetime.date) -> str:
    """CN-26-004213: what people read out on the telephone."""
    return f"CN-{on:%y}-{number:06d}"


IMPORTED = "IM-"
"""How the references of imported reports begin (sql/importing/file.sql): the hub has no contact of them."""


def danger_words(agency_type: str) -> tuple[str, ...]:
    """What to do at once, in this reporter's words (users 2.25)."""
    if agency_type in POLICE:
        return ("Use your powers now if you need to.", "Tell your supervisor and the duty team.")
    return ("Call 999 now.", "Stay with the child if it is safe to.")


def happened_on(happened: PartKnownDate, today: datetime.date) -> datetime.date:
    """The day "how far back" counts from; today when the day is not known."""
    return happened.date or today


def time_before(at: datetime.time, now: datetime.datetime) -> datetime.datetime:
    """The last moment it was this time of day, in `now`'s zone: a time later than now was yesterday's."""
    moment = datetime.datetime.combine(now.date(), at, now.tzinfo)
    return moment if moment <= now else moment - datetime.timedelta(days=1)


@dataclass(frozen=True)
class Known:
    """What later pages of an unfinished report may rely on."""

    names: tuple[str, ...] = ()
    under_five: bool = False
    danger: str = ""
    concern: str = ""
    agency_type: str = ""
    signs: tuple[str, ...] = ()
    unborn: bool = False
    may_be_under_13: tuple[bool, ...] = ()
    """By the place of each child; an age nobody knows may be under 13."""


def promised_by(
    urgency: Urgency, danger: Answer, now: datetime.datetime, calendar: Calendar
) -> datetime.datetime | None:
    """When the hub will have decided, as the receipt says it; None for blue. Danger runs on red's clock."""
    return decision_due(Urgency.RED if danger == Answer.YES else urgency, now, calendar)
