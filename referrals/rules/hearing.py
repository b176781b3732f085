"""How reporters hear back, counted: how many within the target (D9), and how long it took in opening time."""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass
from statistics import median

from sharing_agreements.working_time import Calendar, working_minutes_between


@dataclass(frozen=True)
class Told:
    """One report: sent, in the queue, the target, and when its reporter first heard about every child (None: not)."""

    sent_at: datetime.datetime
    queued_at: datetime.datetime
    due_at: datetime.datetime
    told_at: datetime.datetime | None

    def is_late(self, now: datetime.datetime) -> bool:
        """Told after the target, or not told although it is over."""
        return (self.told_at or now) > self.due_at


@dataclass(frozen=True)
class Tally:
    """Numbers of some reports. Minutes are opening time of the hub; seconds are real ones. None: nothing to count."""

    sent: int
    in_time: int
    late: int
    waiting: int
    median_minutes: float | None
    median_seconds_to_queue: float | None

    @property
    def share_in_time(self) -> float | None:
        """In time, of those whose target is over or who were told."""
        counted = self.in_time + self.late
        return self.in_time / counted if counted else None


def tally(reports: Iterable[Told], now: datetime.datetime, calendar: Calendar) -> Tally:
    """Count. `waiting`: not told yet, and the target is not over."""
    rows = list(reports)
    late = sum(row.is_late(now) for row in rows)
    waiting = sum(row.told_at is None and not row.is_late(now) for row in rows)
    took = [working_minutes_between(row.sent_at, row.told_at, calendar) for row in rows if row.told_at]
    queued = [(row.queued_at - row.sent_at).total_seconds() for row in rows]
    return Tally(
        sent=len(rows),
        in_time=len(rows) - late - waiting,
        late=late,
        waiting=waiting,
        median_minutes=median(took) if took else None,
        median_seconds_to_queue=median(queued) if queued else None,
    )
