"""Working days and the hub's working hours, as arithmetic on values. No Django, no clock of its own.

Times in and out carry a time zone. Opening times are London wall-clock times; lengths are real minutes, so a
clock change inside opening hours neither adds nor loses any. Load a `Calendar` with `queries.calendar()`.
"""

import datetime
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from zoneinfo import ZoneInfo

LONDON = ZoneInfo("Europe/London")
_DAY = datetime.timedelta(days=1)
_MIDNIGHT = datetime.time(0, 0)


class CalendarEnds(Exception):
    """The calendar holds no such day: an administrator must add the next year's bank holidays."""


@dataclass(frozen=True)
class Calendar:
    """First and last day known, the bank holidays between them, and opening hours by weekday (Monday is 0)."""

    first: datetime.date
    last: datetime.date
    holidays: frozenset[datetime.date]
    hours: Mapping[int, tuple[datetime.time, datetime.time]]

    def working_days(self) -> tuple[datetime.date, ...]:
        """Every working day, in order: Monday to Friday without bank holidays."""
        return _working_days(self.first, self.last, self.holidays)

    def is_working_day(self, day: datetime.date) -> bool:
        """Whether offices work on this date."""
        self._known(day)
        return day.weekday() < 5 and day not in self.holidays

    def opening(self, day: datetime.date) -> tuple[datetime.datetime, datetime.datetime] | None:
        """When the hub opens and closes on this date, in UTC; None when it is closed all day."""
        self._known(day)
        hours = self.hours.get(day.weekday())
        if hours is None or day in self.holidays:
            return None
        opens, closes = hours
        closing_day = day + _DAY if closes == _MIDNIGHT else day
        return _instant(day, opens), _instant(closing_day, closes)

    def _known(self, day: datetime.date) -> None:
        if not self.first <= day <= self.last:
            raise CalendarEnds(f"the working-day calendar runs from {self.first} to {self.last}")


@lru_cache(maxsize=8)
def _working_days(
    first: datetime.date, last: datetime.date, holidays: frozenset[datetime.date]
) -> tuple[datetime.date, ...]:
    days = (first + datetime.timedelta(days=n) for n in range((last - first).days + 1))
    return tuple(day for day in days if day.weekday() < 5 and day not in holidays)


def _instant(day: datetime.date, at: datetime.time) -> datetime.datetime:
    return datetime.datetime.combine(day, at, LONDON).astimezone(datetime.UTC)


def _london_day(at: datetime.datetime) -> datetime.date:
    if at.tzinfo is None:
        raise ValueError("a time needs a time zone")
    return at.astimezone(LONDON).date()


def add_working_days(day: datetime.date, days: int, calendar: Calendar) -> datetime.date:
    """The date `days` working days after `day` (before it when negative); 0 is `day` itself."""
    calendar._known(day)
    known = calendar.working_days()
    if days == 0:
        return day
    place = bisect_right(known, day) + days - 1 if days > 0 else bisect_left(known, day) + days
    if not 0 <= place < len(known):
        raise CalendarEnds(f"the working-day calendar runs from {calendar.first} to {calendar.last}")
    return known[place]


def working_days_between(start: datetime.date, end: datetime.date, calendar: Calendar) -> int:
    """Working days after `start` up to and including `end`; negative when `end` is earlier."""
    calendar._known(start)
    calendar._known(end)
    known = calendar.working_days()
    return bisect_right(known, end) - bisect_right(known, start)


def is_open(at: datetime.datetime, calendar: Calendar) -> bool:
    """Whether the hub is open at this moment; the closing minute itself is closed."""
    hours = calendar.opening(_london_day(at))
    return hours is not None and hours[0] <= at < hours[1]


def _openings(at: datetime.datetime, calendar: Calendar) -> Iterator[tuple[datetime.datetime, datetime.datetime]]:
    """Stretches of opening time from `at` on; the first may be the rest of today's."""
    day = _london_day(at)
    while True:
        hours = calendar.opening(day)
        if hours is not None and hours[1] > at:
            yield max(hours[0], at), hours[1]
        day += _DAY


def next_opening(at: datetime.datetime, calendar: Calendar) -> datetime.datetime:
    """The first moment from `at` on when the hub is open, in UTC: `at` itself if it is open now."""
    return next(_openings(at, calendar))[0].astimezone(datetime.UTC)


def add_working_minutes(start: datetime.datetime, minutes: int, calendar: Calendar) -> datetime.datetime:
    """When `minutes` of opening time have passed since `start`, in UTC. The last minute of a day ends at closing."""
    if minutes < 0:
        raise ValueError("minutes cannot be negative")
    left = datetime.timedelta(minutes=minutes)
    for opens, closes in _openings(start, calendar):
        if left <= closes - opens:
            return (opens + left).astimezone(datetime.UTC)
        left -= closes - opens
    raise AssertionError("openings do not end before the calendar does")


def working_minutes_between(start: datetime.datetime, end: datetime.datetime, calendar: Calendar) -> int:
    """Whole minutes of opening time between two moments; negative when `end` is earlier."""
    if end < start:
        return -working_minutes_between(end, start, calendar)
    passed = datetime.timedelta()
    day = _london_day(start)
    while day <= _london_day(end):
        hours = calendar.opening(day)
        if hours is not None:
            passed += max(min(hours[1], end) - max(hours[0], start), datetime.timedelta())
        day += _DAY
    return int(passed.total_seconds() // 60)
