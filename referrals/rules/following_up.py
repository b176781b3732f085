"""What the hub follows up itself, below the threshold of early help. Plain values in and out.

Domain S2: a hub works with a family until it is ready to disengage or one agency is best placed. A follow-up therefore
always has somebody and a next step with a day, and ends in one of those ways or goes back to be decided again.
"""

import datetime
from collections.abc import Iterator
from typing import Literal

from referrals.rules.deciding import Missing
from referrals.vocabulary import FollowUpEnd


def missing_from_step(
    *, did: str, next_what: str, next_by: datetime.date | None, today: datetime.date
) -> list[Missing]:
    """What a step still lacks, in the order of the page."""
    return list(_of_step(did, next_what, next_by, today))


def _of_step(did: str, next_what: str, next_by: datetime.date | None, today: datetime.date) -> Iterator[Missing]:
    if not did.strip():
        yield "did", "Say what was done"
    if not next_what.strip():
        yield "next_what", "Say what comes next"
    if next_by is None or next_by < today:
        yield "next_by", "Give a day for it, today or later"


def missing_from_end(*, ending: FollowUpEnd | None, why: str, agency: str) -> list[Missing]:
    """What an ending still lacks, in the order of the page."""
    return list(_of_end(ending, why, agency))


def _of_end(ending: FollowUpEnd | None, why: str, agency: str) -> Iterator[Missing]:
    if ending is None:
        yield "ending", "Say how it ends"
    if ending is FollowUpEnd.ONE_AGENCY and not agency.strip():
        yield "agency", "Say which agency goes on, and who there"
    if not why.strip():
        yield "why", "Say why"


def standing(next_by: datetime.date, today: datetime.date) -> Literal["overdue", "today", "later"]:
    """How the day of the next step stands to today."""
    if next_by < today:
        return "overdue"
    return "today" if next_by == today else "later"
