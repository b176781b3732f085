"""May this reporter? Each answer is a Refusal or None."""

import datetime

from referrals.models import Draft, Report, ReportedAdult
from referrals.queries.concerns import is_recorded
from referrals.refusals import (
    ALREADY_RECORDED,
    ALREADY_SENT,
    DRAFT_ABANDONED,
    NOBODY_WORKS_ON_IT,
    REASON_MISSING,
    REVIEW_TOO_FAR,
)
from referrals.rules.concerns import LONGEST, RECORDS_ADULTS
from sharing_agreements.models import Post
from sharing_agreements.refusals import Refusal, not_yours
from sharing_agreements.vocabulary import CASEWORK_ROLES


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
    """Only who sent a report, in the agency it was sent from, says more in it, and not in an imported one: nobody at
    the hub works on that."""
    if report.author_id != by.practitioner_id or report.owner_id != by.agency_id:
        return not_yours()
    return NOBODY_WORKS_ON_IT if report.is_imported else None


def may_record_adults(by: Post) -> bool:
    """Whether this post records adults of its reports at all: police and social care, with an account of their own."""
    return by.agency.type in RECORDS_ADULTS and by.role in CASEWORK_ROLES


def why_not_record_adult(
    *, adult: ReportedAdult, by: Post, review_on: datetime.date | None = None, today: datetime.date | None = None
) -> Refusal | None:
    """Police and social care record an adult of their own report as a risk, once, for 12 months at most."""
    if not may_record_adults(by):
        return not_yours()
    if refusal := why_not_add(report=adult.report, by=by):
        return refusal
    if review_on and today and review_on > today + LONGEST:
        return REVIEW_TOO_FAR
    return ALREADY_RECORDED if is_recorded(adult) else None
