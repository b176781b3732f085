"""When the hub must have graded and decided a contact. Plain values in, a moment out.

Presets of domain.md: D1 red 4 hours, through the night and the weekend; D2 amber 1 working day; D3 green 3
working days; D4 blue has no clock; D5 every contact is graded within 1 working day. A working-day clock starts
when the hub is next open and ends at the same time of day. D6: an agency that was asked answers within 2 hours
(red), 6 or 24 hours of opening time. D9: a reporter hears within a working day, a school by 15:00.
"""

import datetime
from collections.abc import Mapping
from dataclasses import dataclass, field

from referrals.vocabulary import Urgency
from sharing_agreements import working_time
from sharing_agreements.working_time import LONDON, Calendar

URGENCY_MEANS = {
    Urgency.RED: "A child is likely to come to serious harm soon. Decided within 4 hours.",
    Urgency.AMBER: "Serious worry, but not this minute. Decided within 1 working day.",
    Urgency.GREEN: "The family needs help. Decided within 3 working days.",
    Urgency.BLUE: "For the hub to know. No help asked for now.",
}
"""One sentence beside each urgency on the report (domain D1-D4)."""


@dataclass(frozen=True)
class Allowances:
    """How long each grade allows. A partnership may set its own (D7)."""

    red: datetime.timedelta = datetime.timedelta(hours=4)
    amber_days: int = 1
    green_days: int = 3
    grading_days: int = 1
    check_minutes: Mapping[Urgency, int] = field(
        default_factory=lambda: {Urgency.RED: 120, Urgency.AMBER: 360, Urgency.GREEN: 1440}
    )


PRESET = Allowances()
SHARES = (50, 80, 100)
"""Percent of a contact's clock at which a mark is set (domain J1)."""
SCHOOL_HEARS_BY = datetime.time(15)
SCHOOL_SENDS_BY = datetime.time(13)
"""A school that sent by then hears on the same day; the hub has two hours (decision 0072)."""


def _working_days_from(start: datetime.datetime, days: int, calendar: Calendar) -> datetime.datetime:
    """`days` working days after the hub is next open, at the same London time of day."""
    opened = working_time.next_opening(start, calendar).astimezone(LONDON)
    day = working_time.add_working_days(opened.date(), days, calendar)
    return datetime.datetime.combine(day, opened.time(), LONDON).astimezone(datetime.UTC)


def decision_due(
    urgency: Urgency,
    start: datetime.datetime,
    calendar: Calendar,
    allowed: Allowances = PRESET,
) -> datetime.datetime | None:
    """When a contact of this urgency must be decided; None for blue. Red runs on past closing (D1)."""
    match urgency:
        case Urgency.RED:
            return start.astimezone(datetime.UTC) + allowed.red
        case Urgency.AMBER:
            return _working_days_from(start, allowed.amber_days, calendar)
        case Urgency.GREEN:
            return _working_days_from(start, allowed.green_days, calendar)
        case Urgency.BLUE:
            return None


def grading_due(start: datetime.datetime, calendar: Calendar, allowed: Allowances = PRESET) -> datetime.datetime:
    """When a contact nobody has graded must be graded (D5)."""
    return _working_days_from(start, allowed.grading_days, calendar)


def feedback_due(
    sent_at: datetime.datetime, *, from_school: bool, calendar: Calendar, days: int = 1
) -> datetime.datetime:
    """When whoever reported must have heard something from the hub, decided or not, in UTC (D9).

    `days` working days after the hub is next open; a school by 15:00 on the last of them, counting the day it sent on
    when that was before 13:00. Before the calendar's first day nobody knows working days: plain days count.
    """
    if sent_at.astimezone(LONDON).date() < calendar.first:
        return sent_at.astimezone(datetime.UTC) + datetime.timedelta(days=days)
    if not from_school:
        return _working_days_from(sent_at, days, calendar)
    opened = working_time.next_opening(sent_at, calendar).astimezone(LONDON)
    more = days - 1 if opened.time() < SCHOOL_SENDS_BY else days
    day = working_time.add_working_days(opened.date(), more, calendar)
    return datetime.datetime.combine(day, SCHOOL_HEARS_BY, LONDON).astimezone(datetime.UTC)


def check_due(
    urgency: Urgency,
    asked_at: datetime.datetime,
    calendar: Calendar,
    allowed: Allowances = PRESET,
    times: int = 1,
) -> datetime.datetime:
    """When an agency asked at this urgency must have answered (D6); KeyError for blue, about which nobody is asked.

    Minutes of the hub's opening time; red runs on past closing, as the decision it is needed for does.
    """
    minutes = allowed.check_minutes[urgency] * times
    if urgency is Urgency.RED:
        return asked_at.astimezone(datetime.UTC) + datetime.timedelta(minutes=minutes)
    return working_time.add_working_minutes(asked_at, minutes, calendar)


def check_climbs(
    urgency: Urgency, asked_at: datetime.datetime, calendar: Calendar, allowed: Allowances = PRESET
) -> datetime.datetime:
    """When an answer that has not come goes on to the agency's manager: as long again after it was due."""
    return check_due(urgency, asked_at, calendar, allowed, times=2)


@dataclass(frozen=True)
class Clock:
    """One clock of a contact: when it began and when it ends (None for blue), both with a time zone.

    `runs_on`: it counts the night and the weekend too, as red's does; any other counts the hub's opening hours.
    """

    began_at: datetime.datetime
    due_at: datetime.datetime | None
    runs_on: bool = False

    def mark_at(self, share: int, calendar: Calendar) -> datetime.datetime | None:
        """When `share` percent of its time have gone, in UTC; None without an end. 100 is the end itself."""
        if self.due_at is None or share == SHARES[-1]:
            return self.due_at
        if self.runs_on:
            return self.began_at.astimezone(datetime.UTC) + (self.due_at - self.began_at) * share / 100
        minutes = working_time.working_minutes_between(self.began_at, self.due_at, calendar)
        return working_time.add_working_minutes(self.began_at, minutes * share // 100, calendar)

    def columns(self, calendar: Calendar) -> dict[str, datetime.datetime | None]:
        """What a contact keeps of it: laid out once, so that whoever watches counts no hours."""
        half_at, most_at = (self.mark_at(share, calendar) for share in SHARES[:2])
        return {"due_at": self.due_at, "half_at": half_at, "most_at": most_at}


def decision_clock(
    urgency: Urgency, start: datetime.datetime, calendar: Calendar, allowed: Allowances = PRESET
) -> Clock:
    """The clock of a grade from `start`."""
    return Clock(start, decision_due(urgency, start, calendar, allowed), runs_on=urgency is Urgency.RED)


def grading_clock(start: datetime.datetime, calendar: Calendar, allowed: Allowances = PRESET) -> Clock:
    """The clock of a contact that must be graded, or read again, from `start`."""
    return Clock(start, grading_due(start, calendar, allowed))


def first_clock(
    *,
    received_at: datetime.datetime,
    urgent: bool,
    calendar: Calendar,
    allowed: Allowances = PRESET,
) -> Clock:
    """The clock of a new contact: red's when it may be red (danger, the reporter's red, a watch), else grading."""
    clocks = [grading_clock(received_at, calendar, allowed)]
    if urgent:
        clocks.append(decision_clock(Urgency.RED, received_at, calendar, allowed))
    return sooner(*clocks)


def sooner(*clocks: Clock) -> Clock:
    """The clock that ends first; one without an end comes last."""
    return min(clocks, key=lambda one: (one.due_at is None, one.due_at))


def clock_after_grading(
    *,
    urgency: Urgency,
    received_at: datetime.datetime,
    graded_at: datetime.datetime,
    graded_before: Urgency | None,
    calendar: Calendar,
    allowed: Allowances = PRESET,
) -> Clock:
    """The clock after somebody graded.

    A first grade, and any lowering, counts from receipt. Raising a grade later counts from the change, and
    never gives more time than the old grade had left.
    """
    from_receipt = decision_clock(urgency, received_at, calendar, allowed)
    if graded_before is None or not is_raise(graded_before, urgency):
        return from_receipt
    from_change = decision_clock(urgency, graded_at, calendar, allowed)
    return sooner(from_change, decision_clock(graded_before, received_at, calendar, allowed))


_RANK = {Urgency.BLUE: 0, Urgency.GREEN: 1, Urgency.AMBER: 2, Urgency.RED: 3}


def is_raise(before: Urgency, after: Urgency) -> bool:
    """Whether `after` is more urgent than `before`."""
    return _RANK[after] > _RANK[before]


def alarms_out_of_hours(*, danger: bool, urgency: Urgency | None, at: datetime.datetime, calendar: Calendar) -> bool:
    """Danger or red outside hub hours goes at once to the emergency duty worker (users.md 1.3)."""
    return (danger or urgency is Urgency.RED) and not working_time.is_open(at, calendar)


def time_gone(half_at: datetime.datetime | None, most_at: datetime.datetime | None, now: datetime.datetime) -> str:
    """'Half of the time has gone', 'Four fifths of the time have gone'; empty before, and without a clock."""
    if most_at is not None and most_at <= now:
        return "Four fifths of the time have gone"
    return "Half of the time has gone" if half_at is not None and half_at <= now else ""


def time_left(due_at: datetime.datetime | None, now: datetime.datetime) -> str:
    """'1 h 10 left', '25 min left', '3 days left', 'overdue by 2 h'; empty without a clock."""
    if due_at is None:
        return ""
    minutes = round(abs((due_at - now).total_seconds()) / 60)
    days, hours = divmod(minutes // 60, 24)
    if days:
        length = f"{days} {'day' if days == 1 else 'days'}"
    elif hours:
        length = f"{hours} h {minutes % 60:02d}" if minutes % 60 else f"{hours} h"
    else:
        length = f"{minutes} min"
    return f"overdue by {length}" if due_at < now else f"{length} left"
