"""Conflicts of interest: declaring one, saying who one is oneself, and answering for what was detected."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from sharing_agreements.actions import connecting
from sharing_agreements.queries import connections as queries
from sharing_agreements.vocabulary import CASEWORK_ROLES, Purpose, Role
from sharing_agreements.web.doors import PractitionerRequest, access
from sharing_agreements.web.forms.connections import AnswerDetectedForm, DeclareConflictForm, OwnDetailsForm
from sharing_agreements.web.views.sending import posted, send

ANSWERERS = {"purpose": Purpose.GOVERNANCE, "roles": {Role.GOVERNANCE_LEAD, Role.MANAGER}}
"""Access of who answers for the practitioners of their agency."""


@access(purpose=Purpose.OWN_ACCOUNT, roles=CASEWORK_ROLES)
@require_http_methods(["GET", "HEAD", "POST"])
def declare_conflict(request: PractitionerRequest) -> HttpResponse:
    """Declare a connection: whoever it is, if anybody, is closed to the practitioner from now on."""
    form = DeclareConflictForm(posted(request))

    def do(said: dict) -> None:
        connecting.declare_conflict(child=form.child, reason=said["reason"])

    done = send(request, form, do, then=f"{request.path}?declared=yes")
    context = {
        "form": form,
        "declared": request.GET.get("declared") == "yes" and request.method != "POST",
        "conflicts": queries.own_conflicts(request.post),
        "own": queries.own_details(request.post),
    }
    return done or render(
        request, "sharing_agreements/declare_conflict.html", context, status=422 if form.errors else 200
    )


@access(purpose=Purpose.OWN_ACCOUNT, roles=CASEWORK_ROLES)
@require_http_methods(["GET", "HEAD", "POST"])
def say_own_details(request: PractitionerRequest) -> HttpResponse:
    """Say one's own names, date of birth and postcode: records of oneself and one's household close. Never which."""
    own = queries.own_details(request.post)
    form = OwnDetailsForm(posted(request), own=own)

    def do(_said: dict) -> None:
        connecting.say_own_details(form.own)
        messages.success(request, "Kept. Nobody but you can read it.")

    done = send(request, form, do, then=reverse("sharing_agreements:declare_conflict"))
    context = {"form": form, "back_href": reverse("sharing_agreements:declare_conflict")}
    return done or render(
        request, "sharing_agreements/say_own_details.html", context, status=422 if form.errors else 200
    )


@access(**ANSWERERS)
@require_safe
def detected_conflicts(request: PractitionerRequest) -> HttpResponse:
    """Practitioners of one's agency who may be connected with somebody in a record, waiting first."""
    return render(request, "sharing_agreements/detected_conflicts.html", {"lines": queries.detected_conflicts()})


@access(**ANSWERERS)
@require_http_methods(["GET", "HEAD", "POST"])
def answer_detected_conflict(request: PractitionerRequest, practitioner: UUID) -> HttpResponse:
    """Confirm or lift what was detected of one practitioner; 404 for anybody else's, and where nothing waits."""
    line = queries.waiting_conflict(practitioner)
    form, then = AnswerDetectedForm(posted(request)), reverse("sharing_agreements:detected_conflicts")

    def do(said: dict) -> None:
        connecting.answer_detected(practitioner=practitioner, **said, by=request.post)
        messages.success(request, "Kept.")

    done = send(request, form, do, then=then)
    if done is None and line is None:
        raise Http404
    context = {"form": form, "line": line, "back_href": then}
    return done or render(
        request, "sharing_agreements/answer_detected_conflict.html", context, status=422 if form.errors else 200
    )
