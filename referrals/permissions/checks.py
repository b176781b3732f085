"""May this post ask other agencies, or answer for its own? Each answer is a Refusal or None."""

import datetime

from cases.vocabulary import ConsentState
from referrals import refusals
from referrals.models import AgencyCheck, CheckAnswer, Contact, ReleaseRequest
from referrals.permissions.hub import DECIDERS, why_not_ask, why_not_triage
from referrals.rules import checks
from referrals.vocabulary import Urgency
from sharing_agreements.models import Post
from sharing_agreements.refusals import Refusal, not_yours
from sharing_agreements.vocabulary import CASEWORK_ROLES, HUB_ROLES

ANSWERERS = CASEWORK_ROLES - HUB_ROLES
"""Roles that may answer when they can read the question: whoever receives for the agency, or is named in it."""


def why_not_open_checks(*, contact: Contact, state: ConsentState | None, by: Post) -> Refusal | None:
    """A screener records what the family said; only a decider goes on without their yes."""
    refusal = why_not_ask(contact=contact, by=by)
    if refusal is None and state in checks.BY_A_DECIDER and by.role not in DECIDERS:
        return refusals.ONLY_A_DECIDER
    return refusal


def why_not_ask_agencies(*, contact: Contact, state: ConsentState | None, by: Post) -> Refusal | None:
    """A screener asks once the contact is graded, not blue, and the family's answer opens checks."""
    if refusal := why_not_ask(contact=contact, by=by):
        return refusal
    closed = checks.why_closed(grade=Urgency(contact.grade) if contact.grade else None, state=state)
    return refusals.CLOSED_CHECKS[closed] if closed else None


def _waits(check: AgencyCheck, *, is_answered: bool) -> Refusal | None:
    if is_answered:
        return refusals.CHECK_ANSWERED
    return refusals.CHECK_TAKEN_BACK if check.withdrawn_at else None


def why_not_chase(*, check: AgencyCheck, is_answered: bool, by: Post) -> Refusal | None:
    """A screener chases, or takes back, a question that still waits."""
    return why_not_triage(contact=check.contact, by=by) or _waits(check, is_answered=is_answered)


def why_not_climb(*, check: AgencyCheck, is_answered: bool, by: Post, now: datetime.datetime) -> Refusal | None:
    """A screener tells the agency's manager, once, when the answer is late."""
    refusal = why_not_chase(check=check, is_answered=is_answered, by=by)
    if refusal is None and check.climbed_at:
        return refusals.MANAGER_TOLD
    return refusal or (refusals.NOT_LATE_YET if check.due_at > now else None)


def why_not_answer(*, check: AgencyCheck, by: Post) -> Refusal | None:
    """Somebody of the agency that was asked answers while the hub still asks."""
    if check.sent_to_id != by.agency_id or by.role not in ANSWERERS:
        return not_yours()
    return refusals.CHECK_TAKEN_BACK if check.withdrawn_at else None


def why_not_refuse_release(*, request: ReleaseRequest, is_settled: bool, by: Post) -> Refusal | None:
    """Somebody of the agency whose answer it is says no, while what the hub asks is not settled."""
    if request.sent_to_id != by.agency_id or by.role not in ANSWERERS:
        return not_yours()
    return refusals.RELEASE_SETTLED if is_settled else None


def why_not_ask_release(*, answer: CheckAnswer, by: Post) -> Refusal | None:
    """A screener of the hub that was answered asks the owner to let an answer out."""
    if answer.sent_to_id != by.agency_id or by.role not in HUB_ROLES:
        return not_yours()
    return None
