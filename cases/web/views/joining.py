"""A child who is born, or moves in, joins a case that runs already."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.views.decorators.http import require_http_methods

from cases import lifecycle, permissions
from cases.actions import assessing, opening
from cases.queries.pages.family_top import FamilyTop
from cases.vocabulary import CaseState
from cases.web.forms.joining import JoinCaseForm, StartAssessmentForm
from cases.web.views.doing import children_in, find_case, now, posted, send, show
from cases.web.views.opening import DOERS, at
from sharing_agreements.refusals import require
from sharing_agreements.web.doors import PractitionerRequest, access


def outside(top: FamilyTop) -> list[UUID]:
    """Children of the family with whom nobody works in its case."""
    helped = {place.whom for place in top.places_in_case if place.state in lifecycle.WORKING}
    return [child for child in top.children if child not in helped]


@access(**DOERS)
@require_http_methods(["GET", "POST"])
def join_case(request: PractitionerRequest, family: UUID) -> HttpResponse:
    """Bring a child of the family into its case."""
    top, case = find_case(request, family)
    left = outside(top)
    require(permissions.why_not_work_on(by=request.post, case=case, today=now()))
    told: dict[str, Any] = {"case": case, "by": request.post, "now": now()}
    require(permissions.why_not_join(children=left or top.children, reason="asked", **told))
    form = JoinCaseForm(posted(request), top=top, offered=left)

    def do(said: dict) -> object:
        child = said.pop("person")
        return opening.join_case(children=[child], levels={child: said.pop("level")}, **said, **told)

    then = at("show_family", top)
    return send(request, form, do, then=then) or show(request, "cases/join_case.html", top, form)


@access(**DOERS)
@require_http_methods(["GET", "POST"])
def start_assessment(request: PractitionerRequest, family: UUID) -> HttpResponse:
    """The lead starts the assessment of a child who joined after they said yes to leading."""
    top, case = find_case(request, family)
    require(permissions.why_not_start_assessment(by=request.post, case=case, now=now()))
    waiting = [place.whom for place in top.places_in_case if place.state == CaseState.WAITING]
    form = StartAssessmentForm(posted(request), top=top, offered=waiting)

    def do(said: dict) -> object:
        told = {"case": case, "by": request.post, "now": now(), "reason": "joined the case of the family"}
        return assessing.start(children=children_in(top, said["people"]), **told)

    then = at("show_plan", top)
    return send(request, form, do, then=then) or show(request, "cases/start_assessment.html", top, form)
