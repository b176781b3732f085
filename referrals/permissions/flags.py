"""May this post put off a flag of the hub's, or decide about telling a lead? Each answer is a Refusal or None."""

import datetime

from cases import refusals as case_refusals
from cases import rules
from referrals import refusals
from referrals.models import Contact, HubFlag
from referrals.permissions.hub import why_not_triage
from sharing_agreements.models import Post
from sharing_agreements.refusals import Refusal, not_yours
from sharing_agreements.vocabulary import HUB_ROLES, Role

SETTERS = frozenset({Role.COORDINATOR, Role.MANAGER, Role.ADMINISTRATOR})
"""Who sets the numbers of the hub's rules: the same roles as the policy `the_partnership_sets`."""


def why_not_put_off(
    *, flag: HubFlag, until: datetime.date, reason: str, by: Post, today: datetime.date
) -> Refusal | None:
    """The hub's screeners and manager put an open flag off, for a reason, for no longer than the rules allow."""
    if flag.owner_id != by.agency_id or by.role not in HUB_ROLES | {Role.MANAGER}:
        return not_yours()
    if flag.cleared_at is not None:
        return case_refusals.FLAG_CLEARED
    if not today < until <= today + datetime.timedelta(days=rules.SNOOZE_DAYS_AT_MOST):
        return case_refusals.SNOOZE_TOO_FAR
    return None if reason.strip() else case_refusals.NO_REASON


def why_not_leave_out(*, contact: Contact, by: Post) -> Refusal | None:
    """A screener leaves the lead out once, while the contact is about a family being kept in touch with."""
    refusal = why_not_triage(contact=contact, by=by)
    if refusal is None and contact.watched_since is None:
        return refusals.NOBODY_TO_TELL
    return refusal or (refusals.LEFT_OUT_ALREADY if contact.lead_left_out_at else None)


def why_not_say_rung(*, contact: Contact, by: Post) -> Refusal | None:
    """A screener says that they spoke to the lead of a family being kept in touch with."""
    refusal = why_not_triage(contact=contact, by=by)
    return refusal or (refusals.NOBODY_TO_TELL if contact.watched_since is None else None)


def why_not_ask_to_ring_first(*, contact: Contact, has_joined: bool, asked: bool, by: Post) -> Refusal | None:
    """A screener asks visitors to ring the hub, once, while a rule says that an adult who is a risk is there."""
    refusal = why_not_triage(contact=contact, by=by)
    if refusal is None and not has_joined:
        return refusals.NOBODY_JOINED
    return refusal or (refusals.ASKED_TO_RING if asked else None)


def why_not_set_threshold(*, by: Post) -> Refusal | None:
    """The partnership's numbers are set by the roles sql/0006 lets change them."""
    return None if by.role in SETTERS else not_yours()
