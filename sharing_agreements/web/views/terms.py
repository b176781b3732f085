"""When schools are: settings of the partnership, for notices before the next school day."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.dateparse import parse_date
from django.views.decorators.http import require_http_methods, require_POST

from sharing_agreements.actions import terms
from sharing_agreements.models import SchoolTerm
from sharing_agreements.vocabulary import Purpose, Role
from sharing_agreements.web.doors import PractitionerRequest, access
from sharing_agreements.web.forms.terms import AddTermForm
from sharing_agreements.web.views.sending import posted, send

SETTING = {
    "purpose": Purpose.OVERSIGHT,
    "roles": frozenset({Role.COORDINATOR, Role.MANAGER, Role.ADMINISTRATOR}),
    "by_role": {Role.ADMINISTRATOR: Purpose.GOVERNANCE, Role.COORDINATOR: Purpose.EARLY_HELP},
}


@access(**SETTING)
@require_http_methods(["GET", "HEAD", "POST"])
def school_terms(request: PractitionerRequest) -> HttpResponse:
    """Every term, and the form to add one."""
    form = AddTermForm(posted(request))
    done = send(request, form, lambda said: terms.add_term(**said), then="sharing_agreements:school_terms")
    context = {"form": form, "terms": SchoolTerm.objects.all()}
    page = "sharing_agreements/school_terms.html"
    return done or render(request, page, context, status=422 if form.errors else 200)


@access(**SETTING)
@require_POST
def remove_school_term(request: PractitionerRequest, first_day: str) -> HttpResponse:
    """Take a term away. Pressing twice does it once."""
    try:
        day = parse_date(first_day)
    except ValueError:
        day = None
    if day is None:
        raise Http404
    if terms.remove_term(first_day=day):
        messages.success(request, "The term is gone.")
    return redirect("sharing_agreements:school_terms")
