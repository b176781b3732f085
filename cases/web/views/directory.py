"""The services directory: searching it, reading an entry, and keeping it."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from cases import permissions
from cases.actions import directory as acts
from cases.models import Service
from cases.queries import directory as queries
from cases.queries.pages.referrals import unmet_needs
from cases.rules.directory import Read, is_stale, read_file
from cases.web.forms.directory import CheckServiceForm, SearchServicesForm, ServicesFileForm
from cases.web.views.doing import now, posted, send
from cases.web.views.opening import WORKERS, today
from sharing_agreements.refusals import require
from sharing_agreements.vocabulary import Purpose, Role
from sharing_agreements.web.doors import PractitionerRequest, access

BY_ROLE = {Role.ADMINISTRATOR: Purpose.GOVERNANCE}
READING: dict[str, Any] = {
    "purpose": Purpose.EARLY_HELP,
    "roles": WORKERS | {Role.ADMINISTRATOR},
    "by_role": BY_ROLE,
}
KEEPING: dict[str, Any] = {
    "purpose": Purpose.EARLY_HELP,
    "roles": {Role.COORDINATOR, Role.MANAGER, Role.ADMINISTRATOR},
    "by_role": BY_ROLE,
}


@access(**READING)
@require_safe
def search_services(request: PractitionerRequest) -> HttpResponse:
    """Services by need, age and place; for its keepers what waits for a check."""
    form = SearchServicesForm(request.GET or None)
    wanted = form.wanted() if form.is_bound else queries.Wanted()
    found = list(queries.services_for(wanted)[: queries.SHOWN + 1])
    keeps = permissions.why_not_keep_directory(by=request.post) is None
    context = {
        "form": form,
        "found": [(one, is_stale(one.assured_date, today())) for one in found[: queries.SHOWN]],
        "more": len(found) > queries.SHOWN,
        "keeps": keeps,
        "waiting": queries.unchecked() if keeps else [],
    }
    return render(request, "cases/search_services.html", context)


@access(**READING)
@require_http_methods(["GET", "POST"])
def show_service(request: PractitionerRequest, record: UUID) -> HttpResponse:
    """One entry; its keepers say that it still holds."""
    service = get_object_or_404(Service, pk=record)
    keeps = permissions.why_not_keep_directory(by=request.post)
    if request.method == "POST":
        require(keeps)
    kept = {name: getattr(service, name) for name in ("headings", "keeps_list", "version")}
    form = CheckServiceForm(posted(request), initial=kept, service=service)

    def do(said: dict) -> object:
        version = form.cleaned_data["version"]
        return acts.check_service(service=service, **said, version=version, by=request.post, now=now())

    done = send(request, form, do, then=reverse("cases:show_service", args=[record]))
    if getattr(form, "stale", False):
        service.refresh_from_db()
        form.data = form.data.copy()
        form.data["version"] = str(service.version)
    is_old = is_stale(service.assured_date, today())
    context = {"service": service, "form": form, "keeps": keeps is None, "is_old": is_old}
    return done or render(request, "cases/show_service.html", context, status=422 if form.errors else 200)


@access(**KEEPING)
@require_http_methods(["GET", "POST"])
def import_services(request: PractitionerRequest) -> HttpResponse:
    """Bring in a file: what is right comes in, what is not is said entry by entry."""
    require(permissions.why_not_keep_directory(by=request.post))
    form = ServicesFileForm(request.POST, request.FILES) if request.method == "POST" else ServicesFileForm()
    found, did = Read(), None
    if form.is_bound and form.is_valid():
        found = read_file(form.cleaned_data["file"])
        if found.unreadable:
            form.add_error("file", found.unreadable)
        else:
            did = acts.import_services(entries=found.entries, by=request.post, now=timezone.now())
    context = {"form": form, "found": found, "did": did}
    return render(request, "cases/import_services.html", context, status=422 if form.errors else 200)


@access(
    purpose=Purpose.EARLY_HELP,
    roles=[Role.COORDINATOR, Role.MANAGER],
    by_role={Role.MANAGER: Purpose.OVERSIGHT},
)
@require_safe
def list_unmet_needs(request: PractitionerRequest) -> HttpResponse:
    """Where help was needed and none came, by need and area."""
    return render(request, "cases/list_unmet_needs.html", {"lines": unmet_needs(today=today())})
