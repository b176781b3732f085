"""Who looked at a family, what one looked at oneself, and looks that a governance lead should ask about."""

from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods, require_safe

from cases.queries.pages import looks
from cases.web.forms.looks import AskAboutFamilyForm
from cases.web.views.opening import HUB_FOR_TRIAGE, WORKERS, at, find_family, today
from cases.web.views.seeing import NAMED
from sharing_agreements.queries.looks import MANY_FAMILIES, UNUSUAL_DAYS, families_to_ask_about, may_ask_about
from sharing_agreements.vocabulary import HUB_ROLES, Purpose, Role
from sharing_agreements.web.doors import PractitionerRequest, access


@access(
    purpose=Purpose.EARLY_HELP,
    roles=WORKERS | HUB_ROLES | {Role.GOVERNANCE_LEAD},
    by_role={**HUB_FOR_TRIAGE, Role.GOVERNANCE_LEAD: Purpose.GOVERNANCE},
)
@require_safe
def who_looked(request: PractitionerRequest, family: UUID) -> HttpResponse:
    """Who looked at the records of this family: by agency; by name too for managers and governance leads."""
    top = None if request.post.role == Role.GOVERNANCE_LEAD else find_family(request, family)
    named, after = request.post.role in NAMED, request.GET.get("after", "")
    agencies = looks.looks_by_agency(family)
    page = looks.looks_by_name(family, owner=request.post.agency.name, after=after) if named else looks.Looks([], "")
    if top is None and not agencies and not page.lines and not may_ask_about(family):
        raise Http404
    back = {"name": top.name, "back_href": at("show_family", top)} if top else {}
    context = {"agencies": agencies, "named": named, "page": page, "after": after, **back}
    return render(request, "cases/who_looked.html", context)


@access(
    purpose=Purpose.OWN_ACCOUNT,
    by_role={**dict.fromkeys(WORKERS, Purpose.EARLY_HELP), **HUB_FOR_TRIAGE},
)
@require_safe
def my_looks(request: PractitionerRequest) -> HttpResponse:
    """What the practitioner opened and did, newest first, under whichever post."""
    after = request.GET.get("after", "")
    page = looks.own_looks(request.post, today=today(), after=after)
    return render(request, "cases/my_looks.html", {"page": page, "after": after})


@access(purpose=Purpose.GOVERNANCE, roles={Role.GOVERNANCE_LEAD})
@require_safe
def looks_by_others(request: PractitionerRequest) -> HttpResponse:
    """What other agencies opened of the records of one's own."""
    after = request.GET.get("after", "")
    return render(request, "cases/looks_by_others.html", {"page": looks.by_others(after=after), "after": after})


@access(purpose=Purpose.GOVERNANCE, roles={Role.GOVERNANCE_LEAD})
@require_safe
def unusual_looks(request: PractitionerRequest) -> HttpResponse:
    """Looks of one's own agency that somebody should ask about."""
    after = request.GET.get("after", "")
    context = {"page": looks.unusual(after=after), "after": after, "days": UNUSUAL_DAYS, "many": MANY_FAMILIES}
    return render(request, "cases/unusual_looks.html", context)


@access(purpose=Purpose.GOVERNANCE, roles={Role.GOVERNANCE_LEAD})
@require_http_methods(["GET", "HEAD", "POST"])
def ask_about_family(request: PractitionerRequest) -> HttpResponse:
    """Find a family somebody asks about, by whole name and date of birth. POST: no name stands in an address."""
    form = AskAboutFamilyForm(request.POST or None)
    context: dict[str, object] = {"form": form, "families": None}
    if request.method == "POST" and form.is_valid():
        context["families"] = families_to_ask_about(form.cleaned_data["name"], form.cleaned_data["born"])
    return render(request, "cases/ask_about_family.html", context)
