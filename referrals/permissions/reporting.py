"""May this reporter? Each answer is a Refusal or None."""

from referrals.models import Draft, Report
from referrals.refusals import ALREADY_SENT, DRAFT_ABANDONED, REASON_MISSING
from sharing_agreements.models import Post
from sharing_agreements.refusals import Refusal, not_yours


def why_not_write(*, draft: Draft, by: Post) -> Refusal | None:
    """A draft is written by its author until it is sent or put aside."""
    if draft.author_id != by.practitioner_id:
        return not_yours()
    if draft.sent_at:
        return ALREADY_SENT
    return DRAFT_ABANDONED if draft.abandoned_at else None


def why_not_abandon(*, draft: Draft, by: Post, because: str) -> Refusal | None:
    """A draft is put aside only with a reason (users 2.14)."""
    return why_not_write(draft=draft, by=by) or (None if because.strip() else REASON_MISSING)


def why_not_add(*, report: Report, by: Post) -> Refusal | None:
    """Only who sent a report, in the agency it was sent from, says more in it."""
    if report.author_id != by.practitioner_id or report.owner_id != by.agency_id:
        return not_yours()
    return None
