"""Why this page may be seen, and what a practitioner can see."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from sharing_agreements.actions import keeping_key_adults
from sharing_agreements.models import Post
from sharing_agreements.presenting import because
from sharing_agreements.presenting.seeing import posts_reach
from sharing_agreements.queries.explaining import NEWEST_COUNTED, can_see, explain_look
from sharing_agreements.vocabulary import SCHOOLS, AgencyType, Kind, Purpose, Role
from sharing_agreements.web.doors import PractitionerRequest, access

GOVERNANCE = frozenset({Role.GOVERNANCE_LEAD})
HEARS_OF_CHILDREN = SCHOOLS | {AgencyType.SOCIAL_CARE}
"""Agencies whose key adults get notices of domestic abuse; social care's for children educated at home."""


@access(purpose=Purpose.OWN_ACCOUNT, roles=Role)
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
    context = {"posts": posts, "has_key_adults": request.post.agency.type in HEARS_OF_CHILDREN}
    return render(request, "sharing_agreements/list_practitioners.html", context)


@access(purpose=Purpose.GOVERNANCE, roles=GOVERNANCE)
@require_POST
def name_key_adult(request: PractitionerRequest, post: UUID) -> HttpResponse:
    """Say that the holder of a post gets notices of domestic abuse for this agency, or no longer does."""
    named = get_object_or_404(Post.objects.select_related("practitioner"), pk=post, agency=request.post.agency)
    is_one = request.POST.get("is_one") == "yes"
    keeping_key_adults.name_key_adult(post=named, is_one=is_one, by=request.post)
    now_is = "is a key adult now" if is_one else "is no longer a key adult"
    messages.success(request, f"{named.practitioner.name} {now_is}.")
    return redirect("sharing_agreements:list_practitioners")


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
