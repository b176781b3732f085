"""Recording that an adult of one's own report is a risk to children: police and social care, for the hub alone."""

from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from referrals.actions.concerning import record_adult_of_concern as record
from referrals.permissions.reporting import why_not_record_adult
from referrals.presenting import name_of
from referrals.queries.reporting import names_in
from referrals.web.forms.concerns import AdultOfConcernForm
from referrals.web.views.reports import own_report, sent_once
from sharing_agreements.refusals import require
from sharing_agreements.vocabulary import CASEWORK_ROLES, Purpose
from sharing_agreements.web.doors import PractitionerRequest, access


@access(purpose=Purpose.REPORTING, roles=CASEWORK_ROLES)
@require_http_methods(["GET", "POST"])
def record_adult_of_concern(request: PractitionerRequest, report: UUID, adult: UUID) -> HttpResponse:
    """Say why this adult is a risk, from what source, how sure, and when it is looked at again."""
    held = own_report(request, report)
    named = next((one for one in held.adults.all() if one.pk == adult), None)
    if named is None:
        raise Http404
    require(why_not_record_adult(adult=named, by=request.post))
    form = AdultOfConcernForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        said = {name: form.cleaned_data[name] for name in ("why", "source", "grade", "review_on")}
        return sent_once(request, form, held, lambda now: record(adult=named, **said, by=request.post, now=now))
    name = name_of(names_in([held], request.post).get(named.person_id))
    return render(request, "referrals/record_adult_of_concern.html", {"report": held, "form": form, "name": name})
