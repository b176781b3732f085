"""When an agreement needs somebody's attention by date. Plain values in, warnings out."""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass

from sharing_agreements.vocabulary import AgreementState, WarningSort

THRESHOLDS = (60, 14)
"""Days before the date on which the parties are warned (D26)."""


@dataclass(frozen=True)
class Due:
    """A date to act on: what it is, when, and the nearest threshold that has been reached."""

    sort: WarningSort
    due_on: datetime.date
    days: int


def due(
    *,
    state: str,
    starts_on: datetime.date,
    ends_on: datetime.date,
    review_on: datetime.date,
    unsigned: Sequence[object],
    today: datetime.date,
) -> list[Due]:
    """What an agreement warns of today.

    Expiry and review while it is signed or suspended, until it has expired; missing signatures while it is proposed,
    counted to its first day. A review that has passed goes on being due.
    """
    wanted: list[tuple[WarningSort, datetime.date]] = []
    if state in {AgreementState.SIGNED, AgreementState.SUSPENDED} and today <= ends_on:
        wanted = [(WarningSort.EXPIRY, ends_on), (WarningSort.REVIEW, review_on)]
    elif state == AgreementState.PROPOSED and unsigned:
        wanted = [(WarningSort.SIGNATURE, starts_on)]
    reached = [(sort, day, [t for t in THRESHOLDS if (day - today).days <= t]) for sort, day in wanted]
    return [Due(sort, day, min(thresholds)) for sort, day, thresholds in reached if thresholds]
