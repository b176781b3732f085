"""May this post work on what the hub follows up? Each answer is a Refusal or None."""

from referrals import refusals
from referrals.models import FollowUp
from sharing_agreements.models import Post
from sharing_agreements.refusals import Refusal, not_yours
from sharing_agreements.vocabulary import HUB_ROLES, Role

HUB = HUB_ROLES | {Role.MANAGER}


def why_not_follow_up(*, follow_up: FollowUp, by: Post) -> Refusal | None:
    """The hub's own people work on it until it has ended."""
    if follow_up.owner_id != by.agency_id or by.role not in HUB:
        return not_yours()
    return refusals.FOLLOW_UP_ENDED if follow_up.ended_at else None
