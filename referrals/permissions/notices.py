"""May this post write, take back or receive a notice to a school? Each answer is a Refusal or None."""

from referrals import refusals
from referrals.models import NoticeCopy, SchoolNotice
from referrals.rules.report import POLICE
from sharing_agreements.models import Agency, Post
from sharing_agreements.refusals import Refusal, not_yours
from sharing_agreements.vocabulary import CASEWORK_ROLES, HUB_ROLES

WRITERS = CASEWORK_ROLES - HUB_ROLES
"""Roles that write notices of their force, and that may be a key adult; row security says which they can read."""


def _why_not_ours(*, notice: SchoolNotice, by: Post) -> Refusal | None:
    is_ours = notice.owner_id == by.agency_id and by.agency.type in POLICE and by.role in WRITERS
    return None if is_ours else not_yours()


def why_not_write_notice(*, notice: SchoolNotice, by: Post, school: Agency | None = None) -> Refusal | None:
    """Police of the force that owes it, once; never to a school where somebody works whom the report is about."""
    if refusal := _why_not_ours(notice=notice, by=by):
        return refusal
    if notice.written_at:
        return refusals.NOTICE_WRITTEN
    return refusals.NOTICE_OF_STAFF if school and school.no in notice.hidden_from else None


def why_not_take_notice_back(*, notice: SchoolNotice, by: Post) -> Refusal | None:
    """Police of the force that wrote it, to write it again: to another school, or in other words."""
    refusal = _why_not_ours(notice=notice, by=by)
    return refusal or (None if notice.written_at else refusals.NOTICE_NOT_WRITTEN)


def why_not_acknowledge(*, copy: NoticeCopy, by: Post) -> Refusal | None:
    """The key adult whose copy it is (the gate checks it again)."""
    is_theirs = copy.sent_to_practitioner_id == by.practitioner_id and copy.sent_to_id == by.agency_id
    return None if is_theirs and not copy.withdrawn_at else not_yours()
