"""Who is away, and who covers: for any post of the agency."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from cases.actions import covering
from cases.queries.pages import away as queries
from cases.web.forms.away import CoverPostForm
from cases.web.views.doing import now, posted, send
from cases.web.views.opening import today
from sharing_agreements.models import PostCover
from sharing_agreements.vocabulary import Purpose, Role
from sharing_agreements.web.doors import PractitionerRequest, access

OVERSEEING = frozenset({Role.COORDINATOR, Role.MANAGER, Role.ADMINISTRATOR})
COVERING = {"purpose": Purpose.EARLY_HELP, "by_role": {Role.ADMINISTRATOR: Purpose.GOVERNANCE}}


@access(**COVERING)
@require_http_methods(["GET", "HEAD", "POST"])
def list_away(request: PractitionerRequest) -> HttpResponse:
    """Cover that runs or is to come at this agency, and the form to arrange it."""
    oversees = request.post.role in OVERSEEING
    mine = queries.may_be_covered(request.post, today(), oversees=oversees)
    colleagues = queries.may_be_covered(request.post, today(), oversees=True)
    form = CoverPostForm(posted(request), away=mine, colleagues=colleagues)

    def do(said: dict) -> None:
        left = covering.cover_post(**said, by=request.post, now=now())
        messages.success(request, "Cover is arranged.")
        if left:
            cases = ", ".join(case.reference for case in left)
            messages.info(request, f"Not covered by this, arrange it case by case: {cases}.")

    done = send(request, form, do, then=reverse("cases:list_away"))
    lines = [
        (cover, oversees or cover.post.practitioner_id == request.post.practitioner_id)
        for cover in queries.away(today())
    ]
    return done or render(
        request, "cases/list_away.html", {"form": form, "lines": lines}, status=422 if form.errors else 200
    )


@access(**COVERING)
@require_POST
def end_post_cover(request: PractitionerRequest, cover: UUID) -> HttpResponse:
    """They are back. Pressing twice does it once."""
    found = get_object_or_404(PostCover.objects.select_related("post"), pk=cover)
    if found.ended_at is None:
        covering.end_post_cover(cover=found, by=request.post, now=now())
        messages.success(request, "Cover has ended.")
    return redirect("cases:list_away")
