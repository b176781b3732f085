"""How far the hub is with a report, as its reporter reads it: sent, received, graded, decided, read again."""

import datetime
from dataclasses import dataclass

from referrals.models import Report
from referrals.queries.reporting import Progress, decided_at


@dataclass(frozen=True)
class Step:
    """One step with its time; None: not yet."""

    word: str
    at: datetime.datetime | None


def steps_of(report: Report, progress: Progress | None) -> list[Step]:
    """The steps of a loaded report in their order; `progress` is None until it stands in the hub's queue.

    Reading what was added is a step only when something was added and read.
    """
    steps = [
        Step("Sent", report.sent_at),
        Step("In the hub\u2019s queue", progress and progress.queued_at),
        Step("Graded: the hub has set how soon it must decide", progress and progress.graded_at),
        Step("Decided for every child", decided_at(report)),
    ]
    read = [Step("The hub read what you added", progress.read_at)] if progress and progress.read_at else []
    return [*steps, *read]


def standing_of(report: Report, progress: Progress | None) -> Step:
    """The latest step that has been reached."""
    return max((step for step in steps_of(report, progress) if step.at), key=lambda step: step.at)  # type: ignore[arg-type,return-value]
