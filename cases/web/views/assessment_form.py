"""The form of an assessment: its versions, and changing it section by section."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from cases import permissions
from cases.actions import forming
from cases.queries.assessment_forms import SHIPPED, form_of, newest, versions
from cases.rules.assessment_form import Form, Section
from cases.web.forms.assessment import NEW, ChangeSectionForm, anchors
from cases.web.views.doing import now, posted, send
from cases.web.views.opening import WORKERS
from sharing_agreements.refusals import require
from sharing_agreements.vocabulary import Purpose, Role
from sharing_agreements.web.doors import PractitionerRequest, access

BY_ROLE = {Role.ADMINISTRATOR: Purpose.GOVERNANCE, Role.MANAGER: Purpose.OVERSIGHT}
KEEPERS: dict[str, Any] = {"purpose": Purpose.OVERSIGHT, "roles": set(BY_ROLE), "by_role": BY_ROLE}
READERS_OF_FORMS: dict[str, Any] = {
    "purpose": Purpose.EARLY_HELP,
    "roles": WORKERS | {Role.ADMINISTRATOR},
    "by_role": BY_ROLE,
}


@access(**READERS_OF_FORMS)
@require_safe
def assessment_form(request: PractitionerRequest) -> HttpResponse:
    """The form in use, and every version there was."""
    form = newest()
    may_change = permissions.why_not_keep_form(by=request.post) is None
    context = {"form_shown": form, "versions": versions(), "shipped": SHIPPED, "may_change": may_change}
    return render(request, "cases/assessment_form.html", context)


@access(**READERS_OF_FORMS)
@require_safe
def read_assessment_form(request: PractitionerRequest, version: str) -> HttpResponse:
    """One version, as it was asked."""
    form = _version(version)
    if form is None:
        raise Http404
    asked = [(one, [(ask, anchors(ask)) for ask in one.asked]) for one in form.asked]
    return render(request, "cases/read_assessment_form.html", {"form_shown": form, "asked": asked})


@access(**KEEPERS)
@require_http_methods(["GET", "POST"])
def change_assessment_form(request: PractitionerRequest, section: str) -> HttpResponse:
    """Change one section, or add one (`new`): the next version, in use from now on."""
    require(permissions.why_not_keep_form(by=request.post))
    before = _version(request.POST.get("version", "")) or newest()
    form = ChangeSectionForm(posted(request), form=before, section=_section(before, section))

    def do(said: dict) -> object:
        told = {"section": form.changed(), "base": before.version, "by": request.post, "now": now()}
        made = forming.change_section(**told, why=said["why"])
        if made is None:
            return False
        messages.success(request, f"Version {made.version} is in use. Assessments begun before keep theirs.")
        return made

    done = send(request, form, do, then=reverse("cases:assessment_form"))
    stale = None
    if getattr(form, "stale", False):
        latest = newest()
        fresh = ChangeSectionForm(typed=form.as_typed(), form=latest, section=_section(latest, section))
        stale = form.side_by_side({name: one for name, one in fresh.as_it_is().items() if name in form.fields})
        form = fresh
    status = 422 if form.errors or stale else 200
    context = {"form": form, "section": form.section, "stale": stale, "following": form.form.version + 1}
    return done or render(request, "cases/change_assessment_form.html", context, status=status)


def _version(number: str) -> Form | None:
    """The version of a number as it was sent; None for any other words."""
    return form_of(int(number)) if number.isascii() and number.isdigit() and len(number) < 10 else None


def _section(form: Form, code: str) -> Section:
    """The section of this code, or an empty one to be added; 404 when there is none."""
    found = Section("", "") if code == NEW else form.section(code)
    if found is None:
        raise Http404
    return found
