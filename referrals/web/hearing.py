"""The page of how reporters hear back, in words."""

import datetime
from typing import Any

from referrals.queries.hearing import MOST, Heard
from referrals.rules.hearing import Tally, tally
from sharing_agreements.vocabulary import SCHOOLS
from sharing_agreements.working_time import Calendar, working_minutes_between

SHOWN = 50


def page_of_times(heard: list[Heard], now: datetime.datetime, calendar: Calendar) -> dict[str, Any]:
    """Everybody, schools and others, each as a row of the table; then the late ones, those not told first."""
    groups = {
        "Everybody": heard,
        "Schools (by 15:00)": [one for one in heard if one.agency_type in SCHOOLS],
        "Others (within a working day)": [one for one in heard if one.agency_type not in SCHOOLS],
    }
    late = sorted(
        (one for one in heard if one.told.is_late(now)),
        key=lambda one: (one.told.told_at is not None, one.told.due_at),
    )
    return {
        "rows": [_row(name, tally([one.told for one in rows], now, calendar)) for name, rows in groups.items()],
        "late": [_late(one, now, calendar) for one in late[:SHOWN]],
        "more_late": max(0, len(late) - SHOWN),
        "left_out": len(heard) == MOST,
    }


def _row(name: str, counted: Tally) -> dict[str, Any]:
    share = counted.share_in_time
    seconds = counted.median_seconds_to_queue
    return {
        "name": name,
        "counted": counted,
        "share": "" if share is None else f"{share:.0%}",
        "median": "" if counted.median_minutes is None else in_hours(counted.median_minutes),
        "queued": "" if seconds is None else (f"{seconds:.0f} s" if seconds < 120 else in_hours(seconds / 60)),
    }


def _late(one: Heard, now: datetime.datetime, calendar: Calendar) -> dict[str, Any]:
    until = one.told.told_at or now
    return {"one": one, "by": in_hours(working_minutes_between(one.told.due_at, until, calendar))}


def in_hours(minutes: float) -> str:
    """'45 min', '3 h 20'; opening time, so days are not said."""
    hours, rest = divmod(round(minutes), 60)
    return f"{hours} h {rest:02d}" if hours else f"{rest} min"
