"""Opening a family in an emergency, ending it, answering for it."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from sharing_agreements.actions import exceptions as verbs
from sharing_agreements.models import Address, EmergencyAccess
from sharing_agreements.presenting.emergency import lines_of
from sharing_agreements.queries import exceptions as queries
from sharing_agreements.queries import identities_of, same_people
from sharing_agreements.queries.emergency_trend import trend
from sharing_agreements.refusals import not_now, require
from sharing_agreements.vocabulary import CASEWORK_ROLES, HUB_ROLES, Purpose, Role
from sharing_agreements.web.doors import PractitionerRequest, access
from sharing_agreements.web.forms.emergency import OpenEmergencyForm, ReviewEmergencyForm
from sharing_agreements.web.views.sending import GOVERNANCE, posted, send

OPENERS = {
    "purpose": Purpose.EARLY_HELP,
    "roles": CASEWORK_ROLES,
    "by_role": dict.fromkeys(HUB_ROLES, Purpose.TRIAGE),
}
"""Access of who may open a family in an emergency."""
NOTHING_TO_SHOW = not_now(
    "nothing_to_show",
    "There is nothing we can show you. This does not mean the family is not known. Ring the hub.",
)
"""The one answer for nobody and for people who stay closed."""


@access(**OPENERS)
@require_http_methods(["GET", "HEAD", "POST"])
def open_emergency(request: PractitionerRequest) -> HttpResponse:
    """Open one family for some hours. Nobody found and nobody who may be shown are one answer."""
    form = OpenEmergencyForm(posted(request))

    def do(said: dict) -> str:
        opened = verbs.begin_emergency(child=form.child, reason=said["reason"], by=request.post)
        require(None if opened else NOTHING_TO_SHOW)
        return reverse("sharing_agreements:show_emergency", args=[opened])

    done = send(request, form, do, then=request.path)
    status = 422 if form.errors else 200
    return done or render(request, "sharing_agreements/open_emergency.html", {"form": form}, status=status)


@access(**OPENERS)
@require_safe
def show_emergency(request: PractitionerRequest, emergency: UUID) -> HttpResponse:
    """Whom one's own emergency access opens: names, dates of birth, addresses. Once it ended, only that it was."""
    own = get_object_or_404(EmergencyAccess, pk=emergency, practitioner=request.post.practitioner)
    anchors = same_people(own.people)
    people = list(dict.fromkeys(anchors.values()))
    names = identities_of(people, for_post=request.post)
    homes = Address.objects.visible().filter(person__in=list(anchors)).order_by("-happened_on").select_related("owner")
    running = own.ended_at is None and own.ends_at > timezone.now()
    told = {(one.line, one.postcode, one.owner_id): one for one in reversed(homes)} if running else {}
    context = {"own": own, "running": running, "names": list(names.values()) if running else []}
    return render(request, "sharing_agreements/show_emergency.html", context | {"homes": list(told.values())})


@access(**OPENERS)
@require_POST
def end_emergency(request: PractitionerRequest, emergency: UUID) -> HttpResponse:
    """End it now; nothing it opened is shown from here on. Once it has ended, sending again changes nothing."""
    own = get_object_or_404(EmergencyAccess, pk=emergency, practitioner=request.post.practitioner)
    if own.ended_at is None and own.ends_at > timezone.now():
        verbs.end_emergency(access=own)
    messages.success(request, "Emergency access has ended.")
    return redirect("sharing_agreements:own_emergencies")


@access(purpose=Purpose.OWN_ACCOUNT, roles=CASEWORK_ROLES)
@require_safe
def own_emergencies(request: PractitionerRequest) -> HttpResponse:
    """The practitioner's own, with what the reviews said."""
    context = {"lines": queries.own_emergencies(request.post), "now": timezone.now()}
    return render(request, "sharing_agreements/own_emergencies.html", context)


@access(purpose=Purpose.GOVERNANCE, roles={Role.GOVERNANCE_LEAD, Role.MANAGER})
@require_safe
def emergencies(request: PractitionerRequest) -> HttpResponse:
    """What a governance lead or manager answers for: waiting first, then what was found. Only the lead reviews."""
    rows = queries.emergencies_to_answer_for(request.post)
    lines = lines_of(rows, agencies=queries.agencies_by_number(), told=queries.told_at(request.post))
    reviews = request.post.role == Role.GOVERNANCE_LEAD
    return render(request, "sharing_agreements/emergencies.html", {"lines": lines, "reviews": reviews})


@access(**GOVERNANCE)
@require_safe
def emergency_trend(request: PractitionerRequest) -> HttpResponse:
    """A year of emergency access: by month, by agency and role, with what reviews found, and who used it repeatedly."""
    return render(request, "sharing_agreements/emergency_trend.html", {"trend": trend(now=timezone.now())})


@access(**GOVERNANCE)
@require_http_methods(["GET", "HEAD", "POST"])
def review_emergency(request: PractitionerRequest, emergency: UUID) -> HttpResponse:
    """Say what the review of an emergency access found."""
    others = EmergencyAccess.objects.exclude(practitioner=request.post.practitioner).select_related("practitioner")
    one = get_object_or_404(others, pk=emergency)
    form = ReviewEmergencyForm(posted(request))
    then = reverse("sharing_agreements:emergencies")
    done = send(request, form, lambda said: verbs.review_emergency(access=one, **said, by=request.post), then=then)
    (line,) = lines_of([one], agencies=queries.agencies_by_number(), told=queries.told_at(request.post))
    context = {"form": form, "line": line}
    return done or render(
        request, "sharing_agreements/review_emergency.html", context, status=422 if form.errors else 200
    )
