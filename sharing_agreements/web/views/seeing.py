"""Why this page may be seen, and what a practitioner can see."""

from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from sharing_agreements.models import Post
from sharing_agreements.presenting import because
from sharing_agreements.presenting.seeing import posts_reach
from sharing_agreements.queries.explaining import NEWEST_COUNTED, can_see, explain_look
from sharing_agreements.vocabulary import Kind, Purpose, Role
from sharing_agreements.web.doors import PractitionerRequest, access

GOVERNANCE = frozenset({Role.GOVERNANCE_LEAD})


@access(purpose=Purpose.OWN_ACCOUNT)
@require_safe
def explain_page(request: PractitionerRequest, look: UUID) -> HttpResponse:
    """Why one can see what one of one's own pages showed: reasons, each with the kinds of record it opened."""
    openings = explain_look(look)
    if not openings:
        raise Http404
    reasons = [(one, kinds_of(one, openings)) for one in because(openings)]
    return render(request, "sharing_agreements/explain_page.html", {"reasons": reasons})


def kinds_of(reason: object, openings: list) -> list[str]:
    """Which kinds of record one reason opened, in words."""
    return sorted({Kind(one.kind).label for one in openings if because([one]) == [reason]})


@access(purpose=Purpose.GOVERNANCE, roles=GOVERNANCE)
@require_safe
def list_practitioners(request: PractitionerRequest) -> HttpResponse:
    """The practitioners of the governance lead's agency, to choose one whose sight to look at."""
    held = Post.objects.held_on(timezone.localdate()).filter(agency=request.post.agency)
    posts = held.select_related("practitioner", "agency", "team").order_by("practitioner__name", "role")
    return render(request, "sharing_agreements/list_practitioners.html", {"posts": posts})


@access(purpose=Purpose.GOVERNANCE, roles=GOVERNANCE)
@require_safe
def show_reach(request: PractitionerRequest, practitioner: UUID) -> HttpResponse:
    """What a practitioner of one's own agency can see: by post, agreement, kind and level, in numbers."""
    held = Post.objects.held_on(timezone.localdate()).filter(agency=request.post.agency, practitioner=practitioner)
    posts = list(held.select_related("practitioner", "agency", "team"))
    if not posts:
        raise Http404
    reach = posts_reach(can_see(practitioner), posts=posts)
    context = {"practitioner": posts[0].practitioner, "reach": reach, "newest": NEWEST_COUNTED}
    return render(request, "sharing_agreements/show_reach.html", context)
