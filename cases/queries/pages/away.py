"""Who is away from their post at this agency, who covers, and which families that concerns."""

import datetime

from django.db.models import QuerySet

from cases.lifecycle import WITH_A_LEAD
from cases.models import Case, ChildInCase
from sharing_agreements.models import Post, PostCover

READ = 200


def cases_led_by(post: Post) -> list[Case]:
    """Cases that run, led by the holder of a post, as far as the acting post may see them."""
    led = ChildInCase.objects.filter(lead_no=post.practitioner.no, state__in=list(WITH_A_LEAD)).values("case_id")
    return list(Case.objects.visible().filter(pk__in=led).order_by("recorded_at", "pk")[:READ])


def away(today: datetime.date) -> QuerySet[PostCover]:
    """Cover at the acting agency that runs or is to come; row security says whose."""
    related = ("post__practitioner", "practitioner")
    return (
        PostCover.objects.filter(ended_at=None, ends_on__gte=today).select_related(*related).order_by("starts_on", "id")
    )


def may_be_covered(by: Post, today: datetime.date, *, oversees: bool) -> list[Post]:
    """Posts somebody may arrange cover for: their own, or every post of the agency for those who oversee it."""
    held = Post.objects.held_on(today).filter(agency=by.agency_id, practitioner__is_active=True)
    mine = held if oversees else held.filter(practitioner=by.practitioner_id)
    return list(mine.select_related("practitioner", "agency").order_by("practitioner__name", "id")[:READ])
