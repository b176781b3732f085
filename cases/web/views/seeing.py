"""Who can see a family: by agency for those who work with it, by name for its managers and governance leads."""

from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from cases.web.views.opening import WORKERS, at, find_family
from sharing_agreements.models import Agency, Post
from sharing_agreements.presenting.seeing import agencies_see
from sharing_agreements.queries.explaining import who_can_see as seers
from sharing_agreements.vocabulary import HUB_ROLES, Purpose, Role
from sharing_agreements.web.doors import PractitionerRequest, access

NAMED = frozenset({Role.MANAGER, Role.GOVERNANCE_LEAD})
"""Roles that read names of staff (users 2.21)."""


@access(
    purpose=Purpose.EARLY_HELP,
    roles=WORKERS | HUB_ROLES | {Role.GOVERNANCE_LEAD},
    by_role=dict.fromkeys(HUB_ROLES, Purpose.TRIAGE) | {Role.GOVERNANCE_LEAD: Purpose.GOVERNANCE},
)
@require_safe
def who_can_see(request: PractitionerRequest, family: UUID) -> HttpResponse:
    """Which agencies and roles can see this family, what of it, how much and why."""
    own = request.post.role == Role.GOVERNANCE_LEAD
    top = None if own else find_family(request, family)
    lines = seers(family)
    if not lines:
        raise Http404
    named = request.post.role in NAMED
    posts = Post.objects.select_related("practitioner").in_bulk({one for line in lines for one in line.posts})
    agencies = agencies_see(lines, agencies=Agency.objects.in_bulk(field_name="no"), posts=posts if named else None)
    back = {"name": top.name, "back_href": at("show_family", top)} if top else {}
    if top and request.post.role in {Role.MANAGER, Role.COORDINATOR}:
        back["hand_over_href"] = at("hand_over_records", top)
    context = {"agencies": agencies, "named": named, "own": own, "family": family, **back}
    return render(request, "cases/who_can_see.html", context)
