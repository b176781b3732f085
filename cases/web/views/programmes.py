"""For whoever arranges the work: how the needs of a family count under the programmes that pay for help."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from cases import permissions
from cases.queries.pages.programmes import programmes_of
from cases.web.views.doing import find_case, now
from cases.web.views.opening import DOERS, at, page, today
from sharing_agreements.refusals import require
from sharing_agreements.web.doors import PractitionerRequest, access


@access(**DOERS)
@require_safe
def show_programmes(request: PractitionerRequest, family: UUID) -> HttpResponse:
    """Which criteria have an open need, and since when. Kept nowhere, and on no other page."""
    top, case = find_case(request, family)
    require(permissions.why_not_lead_work(by=request.post, case=case, today=now()))
    more = {"programmes": programmes_of(top, today=today()), "back_href": at("show_plan", top)}
    return render(request, "cases/show_programmes.html", page(request, top, **more))
