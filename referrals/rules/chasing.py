"""When a reporter may ask the hub what became of their report: once they should have heard, and once a working day.

Plain values in; a refusal or None out. Ringing the hub is never refused: the page says the number beside.
"""

import datetime
from dataclasses import dataclass

from referrals import refusals
from referrals.rules import clocks
from sharing_agreements.refusals import Refusal
from sharing_agreements.working_time import Calendar


@dataclass(frozen=True)
class Heard:
    """What a reporter knows of their report.

    `due_at`: when the hub said it would decide, or must have been in touch, whichever is sooner. `decided`: they were
    told a decision about every child. `is_asked`: a question of the hub waits for them. `last_word_at`: when they were
    last told that nothing is decided yet. `last_chase_at`: when they last asked.
    """

    due_at: datetime.datetime
    decided: bool
    is_asked: bool
    last_word_at: datetime.datetime | None
    last_chase_at: datetime.datetime | None


def may_chase_from(heard: Heard, calendar: Calendar) -> datetime.datetime:
    """The first moment the reporter may ask: a working day after they last asked or were told, and when due."""
    since = [at for at in (heard.last_word_at, heard.last_chase_at) if at is not None]
    return max([heard.due_at, *(clocks.feedback_due(at, from_school=False, calendar=calendar) for at in since)])


def why_not_chase(heard: Heard, now: datetime.datetime, calendar: Calendar) -> Refusal | None:
    """Refused `told_already`, `answer_first` while the hub waits for them, `too_early`."""
    if heard.decided:
        return refusals.TOLD_ALREADY
    if heard.is_asked:
        return refusals.ANSWER_FIRST
    first = may_chase_from(heard, calendar)
    return refusals.chased_too_early(first) if now < first else None
