"""The record systems of an agency: which there are, their keys, when each was last used; new keys, shown once."""

import datetime
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from sharing_agreements.actions import record_systems as actions
from sharing_agreements.actions.submitting import is_repeat, once
from sharing_agreements.models import RecordSystem, SystemKey
from sharing_agreements.queries import record_systems as queries
from sharing_agreements.vocabulary import Purpose, Role
from sharing_agreements.web.doors import PractitionerRequest, access
from sharing_agreements.web.forms.systems import AddSystemForm, IssueKeyForm
from sharing_agreements.web.views.sending import posted, send

WHO_TENDS = frozenset({Role.ADMINISTRATOR, Role.GOVERNANCE_LEAD})


@access(purpose=Purpose.GOVERNANCE, roles=WHO_TENDS)
@require_http_methods(["GET", "HEAD", "POST"])
def record_systems(request: PractitionerRequest) -> HttpResponse:
    """Every system of the own agency with its keys, and a form to add one."""
    form = AddSystemForm(posted(request))

    def do(said: dict) -> str:
        system = actions.add_record_system(name=said["name"].strip(), by=request.post)
        return reverse("sharing_agreements:issue_system_key", args=[system])

    if done := send(request, form, do, then=""):
        return done
    today = timezone.localdate()
    lines = [
        (system, [(key, queries.is_live(key, today)) for key in system.keys.all()])
        for system in queries.record_systems()
    ]
    context = {"form": form, "lines": lines}
    return render(request, "sharing_agreements/record_systems.html", context, status=422 if form.errors else 200)


def _running(system: UUID) -> RecordSystem:
    return get_object_or_404(queries.record_systems().filter(ended_at=None), pk=system)


@access(purpose=Purpose.GOVERNANCE, roles=WHO_TENDS)
@require_http_methods(["GET", "HEAD", "POST"])
def issue_system_key(request: PractitionerRequest, system: UUID) -> HttpResponse:
    """Make a key and show it, once: sending the form again goes back to the list."""
    found, form = _running(system), IssueKeyForm(posted(request))
    if request.method == "POST" and form.is_valid():
        until = timezone.localdate() + datetime.timedelta(days=form.cleaned_data["days"])
        key = form.cleaned_data["idempotency_key"]
        if is_repeat(key, by=request.post):
            messages.info(request, "This key was made and shown already. If nobody kept it, revoke it.")
            return redirect("sharing_agreements:record_systems")
        made = actions.issue_key(system=found, until=until, by=request.post)
        once(key, by=request.post, body={"days": form.cleaned_data["days"]}, do=lambda: str(found.pk))
        return render(
            request, "sharing_agreements/show_system_key.html", {"system": found, "key": made, "until": until}
        )
    context = {"form": form, "system": found}
    return render(request, "sharing_agreements/issue_system_key.html", context, status=422 if form.errors else 200)


@access(purpose=Purpose.GOVERNANCE, roles=WHO_TENDS)
@require_POST
def revoke_system_key(request: PractitionerRequest, key: UUID) -> HttpResponse:
    """The key opens nothing any more."""
    found = get_object_or_404(SystemKey.objects.select_related("system"), pk=key)
    actions.revoke_key(key=found, by=request.post)
    messages.success(request, f"That key of {found.system.name} opens nothing any more.")
    return redirect("sharing_agreements:record_systems")


@access(purpose=Purpose.GOVERNANCE, roles=WHO_TENDS)
@require_POST
def end_record_system(request: PractitionerRequest, system: UUID) -> HttpResponse:
    """The system, its keys and its post end."""
    found = _running(system)
    actions.end_record_system(system=found, by=request.post)
    messages.success(request, f"{found.name} sends and reads nothing any more.")
    return redirect("sharing_agreements:record_systems")
