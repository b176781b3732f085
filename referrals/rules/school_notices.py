"""When a school must know of domestic abuse at a child's home, and about which children. Plain values, no clock.

D30: before the next school day begins, from reception to the 18th birthday, holidays and weekends included. It is sent
as soon as it is written; the times here say when a notice that has not arrived becomes somebody's alarm.
"""

import datetime
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from referrals.rules.deciding import Missing
from referrals.vocabulary import ConcernKind, NoNotice, NoticePlace, WasThere
from sharing_agreements.part_known import PartKnownDate
from sharing_agreements.vocabulary import Precision
from sharing_agreements.working_time import LONDON, Calendar

CARD = "notice-to-school"
SCHOOL_STARTS = datetime.time(8, 30)
"""When a school day begins: a preset (PROPOSAL), early enough for a breakfast club."""
ALARM = datetime.time(7)
"""A notice that has reached nobody alarms by then (users 2.12)."""
RECEPTION = 4
"""Reception begins in the September after the fourth birthday; nurseries are not in the duty."""
GROWN = 18
_DAY = datetime.timedelta(days=1)


@dataclass(frozen=True)
class SchoolDays:
    """Terms as first and last day in order, and the working days they lie in."""

    terms: tuple[tuple[datetime.date, datetime.date], ...]
    calendar: Calendar

    def are_on(self, day: datetime.date) -> bool:
        """Whether pupils come on this date. Where no term is known, on every working day: too early beats too late."""
        if not self.calendar.is_working_day(day):
            return False
        if not self.terms or not self.terms[0][0] <= day <= self.terms[-1][1]:
            return True
        return any(first <= day <= last for first, last in self.terms)

    def next_start(self, after: datetime.datetime) -> datetime.datetime:
        """When the next school day begins after this moment, in UTC."""
        day = after.astimezone(LONDON).date()
        while not self.are_on(day) or at(day, SCHOOL_STARTS) <= after:
            day += _DAY
        return at(day, SCHOOL_STARTS)


def at(day: datetime.date, time: datetime.time) -> datetime.datetime:
    """A London time of day, in UTC."""
    return datetime.datetime.combine(day, time, LONDON).astimezone(datetime.UTC)


def alarm_at(starts_at: datetime.datetime) -> datetime.datetime:
    """When a notice for the school day that begins then alarms if it has reached nobody, in UTC."""
    return at(starts_at.astimezone(LONDON).date(), ALARM)


def is_owed(concern: ConcernKind, tags: Iterable[str]) -> bool:
    """Whether a police report is of domestic abuse, mainly or among other things."""
    return ConcernKind.DOMESTIC_ABUSE in {concern, *tags}


def may_be_at_school(born: PartKnownDate, on: datetime.date) -> bool:
    """From reception to the 18th birthday, as far as the date is known. Unknown counts as yes, a due date as no."""
    if born.precision == Precision.DUE:
        return False
    if born.date is None:
        return True
    first, last = _between(born.date, born.precision)
    september = on.year if on.month >= 9 else on.year - 1
    has_begun = first <= datetime.date(september - RECEPTION, 8, 31)
    grown = (last.year + GROWN, last.month, last.day)
    return has_begun and (on.year, on.month, on.day) < grown


def _between(date: datetime.date, precision: Precision) -> tuple[datetime.date, datetime.date]:
    """The first and last day it may have been. An estimate is taken for its year."""
    if precision in {Precision.YEAR, Precision.ESTIMATED}:
        return datetime.date(date.year, 1, 1), datetime.date(date.year, 12, 31)
    if precision == Precision.MONTH:
        after = datetime.date(date.year + date.month // 12, date.month % 12 + 1, 1)
        return date.replace(day=1), after - _DAY
    return date, date


@dataclass(frozen=True)
class Written:
    """A notice as an officer means to send it. `school`: one was chosen, or why none is owed a notice in `none`."""

    school: bool
    none: NoNotice | None = None
    none_words: str = ""
    there: WasThere | None = None
    place: NoticePlace | None = None
    circumstances: str = ""


def missing_from(said: Written) -> list[Missing]:
    """What it still lacks, in the order of the page. Nothing more is needed when no school is owed one."""
    return list(_missing(said))


def _missing(said: Written) -> Iterator[Missing]:
    if said.school == bool(said.none):
        yield "school", "Choose the child's school, or why there is none to tell"
    if said.none == NoNotice.TOLD_BY_TELEPHONE and not said.none_words.strip():
        yield "none_words", "Say who was told, at which school and when"
    if said.none:
        return
    if said.there is None:
        yield "there", "Say whether the child was there"
    if said.place is None:
        yield "place", "Say where it happened"
    if not said.circumstances.strip():
        yield "circumstances", "Say in a sentence what happened, without naming anybody"


@dataclass(frozen=True)
class Standing:
    """One notice as its times say: written or not, sent, received, and what is due when."""

    written: bool
    sent: bool
    received: bool
    alarm_at: datetime.datetime
    starts_at: datetime.datetime


def is_alarm(one: Standing, now: datetime.datetime) -> bool:
    """Nobody at the school has it, and the day is about to begin."""
    return not one.sent and now >= one.alarm_at


def is_raised(one: Standing, now: datetime.datetime) -> bool:
    """The school day has begun, and nobody has said that they have it."""
    return not one.received and now >= one.starts_at
