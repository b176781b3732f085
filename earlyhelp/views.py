"""The answers the root itself gives: the first page, and the four ways of saying no."""

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import NoReverseMatch, reverse
from django.views.decorators.http import require_safe

from earlyhelp import nav
from sharing_agreements.presenting.problems import is_for_program, problem
from sharing_agreements.refusals import BROKEN, NO_POST, NOT_THERE, Refusal
from sharing_agreements.vocabulary import PARTNERS, Purpose, Role
from sharing_agreements.web.doors import access

FIRST_PAGE = {
    Role.REPORTER: "referrals:my_reports",
    Role.SUPERVISOR: "referrals:my_reports",
    Role.DECISION_MAKER: "referrals:queue",
    Role.NAVIGATOR: "referrals:queue",
    Role.EMERGENCY_DUTY: "referrals:queue",
    Role.COORDINATOR: "cases:my_work",
    Role.LEAD_PRACTITIONER: "cases:my_work",
    Role.TEAM_MEMBER: "cases:my_work",
    Role.MANAGER: "cases:my_work",
    Role.GOVERNANCE_LEAD: "cases:my_work",
    Role.ANALYST: "referrals:show_board",
    Role.ADMINISTRATOR: "sharing_agreements:agreements",
    Role.OUTSIDE_REPORTER: "referrals:my_reports",
}


NOTHING_SHOWN = {"why_url": ""}
"""A refusal shows no record, whatever was read before it; that it read something must not show either."""


@access(purpose=Purpose.OWN_ACCOUNT, roles=Role)
@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """Send each role to the page its work begins on."""
    try:
        return redirect(FIRST_PAGE[Role(request.post.role)])  # type: ignore[attr-defined]
    except NoReverseMatch:
        return redirect("sharing_agreements:agreements")


@access(purpose=Purpose.OWN_ACCOUNT, roles=PARTNERS)
@require_safe
def more(request: HttpRequest) -> HttpResponse:
    """The screens that do not fit into the menu at the top, each with what one finds there."""
    post = request.post  # type: ignore[attr-defined]
    items = nav.more_for(post.role, request.path, agency_type=post.agency.type)
    return render(request, "layouts/more.html", {"items": items})


def sign_in_address() -> str:
    """Where somebody who is not signed in is sent."""
    return reverse("sharing_agreements:sign_in")


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """The one answer to what does not exist and to what this post may not know of (decision 0017)."""
    if is_for_program(request):
        return problem(NOT_THERE)
    return render(request, "refusals/404.html", NOTHING_SHOWN, status=404)


def not_now(request: HttpRequest, refusal: Refusal) -> HttpResponse:
    """A refusal whose subject the reader may know about: its sentence, and the way back."""
    return render(request, "refusals/409.html", {"refusal": refusal, **NOTHING_SHOWN}, status=refusal.status)


def no_post(request: HttpRequest) -> HttpResponse:
    """Signed in, but holding no post today: nothing can be opened."""
    if is_for_program(request):
        return problem(NO_POST)
    return render(request, "refusals/no_post.html", status=403)


def broken(request: HttpRequest) -> HttpResponse:
    """Something failed. Says so: a failure must never look like an empty answer."""
    if is_for_program(request):
        return problem(BROKEN)
    return render(request, "refusals/500.html", status=500)


def forged(request: HttpRequest, reason: str = "") -> HttpResponseRedirect | HttpResponse:
    """The form's token is missing or out of date (usually: signed out in another tab)."""
    return render(request, "refusals/403.html", status=403)
