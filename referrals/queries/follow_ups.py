"""What a hub follows up itself: the list by the day of the next step, and one with its steps."""

from django.db.models import QuerySet

from referrals.models import FollowUp, FollowUpStep
from sharing_agreements.models import Post

SHOWN = 100
BESIDE = ("whose", "decision__contact__report", "decision__reported_child")


def open_at(post: Post) -> QuerySet[FollowUp]:
    """What this hub follows up now, what is due first."""
    rows: QuerySet[FollowUp] = FollowUp.objects.visible().filter(owner_no=post.agency.no, ended_at=None)
    return rows.select_related(*BESIDE).order_by("next_by", "began_at", "pk")


def of_hub(post: Post) -> QuerySet[FollowUp]:
    """Everything this hub follows or followed up."""
    rows: QuerySet[FollowUp] = FollowUp.objects.visible().filter(owner_no=post.agency.no)
    return rows.select_related(*BESIDE)


def steps_of(follow_up: FollowUp) -> QuerySet[FollowUpStep]:
    """What was done so far, in order."""
    rows: QuerySet[FollowUpStep] = FollowUpStep.objects.visible().filter(follow_up=follow_up)
    return rows.select_related("author", "whose").order_by("at")
