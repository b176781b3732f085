"""A plan one agency makes by itself, bringing it into the team's, and saying which agencies should be in the team."""

from uuid import UUID

from django.http import HttpResponse
from django.views.decorators.http import require_http_methods

from cases import permissions
from cases.actions import own_plans
from cases.models import ExpectedAgency, OwnPlan
from cases.queries.pages.assessment import running_assessment
from cases.queries.pages.choosing import agencies
from cases.queries.pages.own_plans import own_plan
from cases.vocabulary import CaseState
from cases.web.forms.own_plans import EndExpectationForm, ExpectAgencyForm, JoinOwnPlanForm, RecordOwnPlanForm
from cases.web.views.doing import find_case, find_record, now, posted, send, show
from cases.web.views.opening import DOERS, at, find_family
from sharing_agreements.refusals import require
from sharing_agreements.web.doors import PractitionerRequest, access

PARTS = ("title", "why", "review_on", "asked")


@access(**DOERS)
@require_http_methods(["GET", "POST"])
def record_own_plan(request: PractitionerRequest, family: UUID) -> HttpResponse:
    """Write down what one's own agency does for a child by itself."""
    top = find_family(request, family)
    others = agencies().exclude(pk=request.post.agency_id)
    form = RecordOwnPlanForm(posted(request), top=top, offered=top.children, agencies=others)

    def do(said: dict) -> object:
        parts = {name: said[name] for name in PARTS}
        told = {"family": top.family, "child": said["person"], "aims": form.aims()}
        return own_plans.record_own_plan(**told, **parts, by=request.post, now=now())

    then = at("show_plan", top)
    return send(request, form, do, then=then) or show(request, "cases/record_own_plan.html", top, form, back_href=then)


@access(**DOERS)
@require_http_methods(["GET", "POST"])
def join_own_plan(request: PractitionerRequest, family: UUID, record: UUID) -> HttpResponse:
    """Make an agency's own plan part of the team's, with the first review six weeks on."""
    top, case = find_case(request, family)
    plan = find_record(OwnPlan.objects.select_related("owner", "author"), record, family=family)
    require(permissions.why_not_lead_work(by=request.post, case=case, today=now()))
    assessed = any(place.state == CaseState.ASSESSING for place in top.places_in_case)
    form = JoinOwnPlanForm(posted(request), concludes=assessed and running_assessment(top) is not None)
    then = at("show_plan", top)

    def do(said: dict) -> object:
        return own_plans.join_own_plan(plan=plan, case=case, **said, by=request.post, now=now())

    more = {"back_href": then, "one": own_plan(plan, top)}
    return send(request, form, do, then=then) or show(request, "cases/join_own_plan.html", top, form, **more)


@access(**DOERS)
@require_http_methods(["GET", "POST"])
def expect_agency(request: PractitionerRequest, family: UUID) -> HttpResponse:
    """Say which agency should be in the team."""
    top, case = find_case(request, family)
    require(permissions.why_not_lead_work(by=request.post, case=case, today=now()))
    form = ExpectAgencyForm(posted(request), agencies=agencies())
    then = at("show_team", top)

    def do(said: dict) -> object:
        return own_plans.expect_agency(case=case, **said, by=request.post, now=now())

    return send(request, form, do, then=then) or show(request, "cases/expect_agency.html", top, form, back_href=then)


@access(**DOERS)
@require_http_methods(["GET", "POST"])
def end_expectation(request: PractitionerRequest, family: UUID, record: UUID) -> HttpResponse:
    """Say that an agency is not needed in the team after all."""
    top, case = find_case(request, family)
    expected = find_record(ExpectedAgency.objects.select_related("agency", "case"), record, case=case)
    require(permissions.why_not_lead_work(by=request.post, case=case, today=now()))
    form = EndExpectationForm(posted(request))
    then = at("show_team", top)
    done = send(
        request, form, lambda _: own_plans.end_expectation(expected=expected, by=request.post, now=now()), then=then
    )
    return done or show(request, "cases/end_expectation.html", top, form, back_href=then, expected=expected)
