"""How long the records of a case are kept, and what may be said of one whose time is over. Pure: no clock, no database.

Of the periods domain D38 gives for a case, the longest counts: nothing is proposed that another of them would keep.
"""

import datetime

from cases import refusals
from cases.vocabulary import HoldReason, RetentionStatus
from sharing_agreements.refusals import Refusal

YEARS_FROM_BIRTH = 25
"""From the birth of the youngest child; from the end of the work where no birth is known (D38)."""
YEARS_INACTIVE = 3
"""Since the work with the last child ended, at least (D38; the 18th birthday comes before the 25th)."""
NOTICE_DAYS = 90
"""How long before its time is over a case is listed. Ours (J)."""
KEPT_AT_MOST = 25
"""Years a person may keep one at a time; then it is looked at again. Ours (J)."""

S = RetentionStatus


def why_not_say(*, now: RetentionStatus, then: RetentionStatus, is_due: bool, is_proposer: bool) -> Refusal | None:
    """Whether a case that stands at `now` may be put at `then`.

    Keeping and holding are always possible and take a proposal or a mark back. A proposal needs a time that is over; a
    mark needs a proposal by somebody else.
    """
    if then == S.WAITING:
        return refusals.RETENTION_SAYS_NOTHING
    if then in {S.KEPT, S.HELD}:
        return None
    if not is_due:
        return refusals.RETENTION_NOT_DUE
    if then == S.PROPOSED:
        return refusals.RETENTION_PROPOSED if now in {S.PROPOSED, S.MARKED} else None
    if now != S.PROPOSED:
        return refusals.RETENTION_NOT_PROPOSED
    return refusals.NOT_YOUR_OWN_DISPOSAL if is_proposer else None


def why_not_detail(
    *, then: RetentionStatus, until: datetime.date | None, hold: HoldReason | None, reason: str, today: datetime.date
) -> Refusal | None:
    """A reason always; a day to come for what is kept, at most 25 years ahead; for a hold, what for."""
    if not reason.strip():
        return refusals.NO_REASON
    if then == S.HELD and hold is None:
        return refusals.NO_HOLD
    latest = today + datetime.timedelta(days=KEPT_AT_MOST * 366)
    if then == S.KEPT and (until is None or not today < until <= latest):
        return refusals.KEPT_UNTIL_WHEN
    return None
