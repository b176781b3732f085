"""The plan: writing it and saying what became of it."""

from uuid import UUID

from django.http import HttpResponse
from django.views.decorators.http import require_http_methods

from cases import permissions, rules
from cases.actions import planning
from cases.models import Action, Need, Outcome
from cases.queries.pages.choosing import doers
from cases.queries.pages.plan import open_outcomes
from cases.web.forms.plan import (
    AddActionForm,
    AddNeedForm,
    AddOutcomeForm,
    ChangeActionForm,
    EndNeedForm,
    ReachOutcomeForm,
)
from cases.web.views.doing import both_versions, find_case, find_record, now, posted, send, show
from cases.web.views.opening import DOERS, at, today
from sharing_agreements.models import Agency, Practitioner
from sharing_agreements.refusals import require
from sharing_agreements.web.doors import PractitionerRequest, access


@access(**DOERS)
@require_http_methods(["GET", "POST"])
def add_need(request: PractitionerRequest, family: UUID) -> HttpResponse:
    """Add a need to the plan."""
    top, case = find_case(request, family)
    require(permissions.why_not_work_on(by=request.post, case=case, today=now()))
    found = {name: request.GET[name] for name in ("heading", "baseline") if name in request.GET}
    form = AddNeedForm(posted(request), top=top, initial={**found, "people": request.GET.getlist("people")})
    then = at("show_plan", top)
    done = send(request, form, lambda said: planning.add_need(case=case, **said, by=request.post, now=now()), then=then)
    return done or show(request, "cases/add_need.html", top, form, back_href=then)


@access(**DOERS)
@require_http_methods(["GET", "POST"])
def add_outcome(request: PractitionerRequest, family: UUID, record: UUID) -> HttpResponse:
    """Say what will be different when a need is met."""
    top, case = find_case(request, family)
    need = find_record(Need.objects, record, case=case)
    require(permissions.why_not_work_on(by=request.post, case=case, today=now()))
    form = AddOutcomeForm(posted(request))
    then = at("show_plan", top)
    done = send(
        request, form, lambda said: planning.add_outcome(need=need, **said, by=request.post, now=now()), then=then
    )
    too_many = rules.too_many_outcomes(open_outcomes(case) + 1)
    return done or show(request, "cases/add_outcome.html", top, form, back_href=then, need=need, too_many=too_many)


@access(**DOERS)
@require_http_methods(["GET", "POST"])
def add_action(request: PractitionerRequest, family: UUID, record: UUID) -> HttpResponse:
    """Say who does what by when, for a need."""
    top, case = find_case(request, family)
    need = find_record(Need.objects, record, case=case)
    require(permissions.why_not_work_on(by=request.post, case=case, today=now()))
    form = AddActionForm(posted(request), doers=doers(top, case, for_post=request.post, today=today()))

    def do(said: dict) -> object:
        who, agency = said.pop("doer").split(":")
        said |= {"doer": Practitioner.objects.get(pk=who), "doer_agency": Agency.objects.get(pk=agency)}
        return planning.add_action(case=case, need=need, **said, by=request.post, now=now())

    then = at("show_plan", top)
    done = send(request, form, do, then=then)
    return done or show(request, "cases/add_action.html", top, form, back_href=then, need=need)


@access(**DOERS)
@require_http_methods(["GET", "POST"])
def change_action(request: PractitionerRequest, family: UUID, record: UUID) -> HttpResponse:
    """Say how far an action has come, that it is done, or that it is not needed any more."""
    top, case = find_case(request, family)
    action = find_record(Action.objects.select_related("doer", "doer_agency"), record, case=case)
    require(permissions.why_not_settle(by=request.post, action=action, today=now()))
    form = ChangeActionForm(posted(request))

    def do(said: dict) -> object:
        told = {"action": action, "by": request.post, "now": now()}
        if said["status"] == "done":
            return planning.complete_action(what=said["what"], **told)
        if said["status"] == "cancelled":
            return planning.cancel_action(reason=said["what"], **told)
        return planning.record_progress(what=said["what"], **told)

    then = at("show_plan", top)
    done = send(request, form, do, then=then)
    return done or show(request, "cases/change_action.html", top, form, back_href=then, action=action)


@access(**DOERS)
@require_http_methods(["GET", "POST"])
def end_need(request: PractitionerRequest, family: UUID, record: UUID) -> HttpResponse:
    """Say where a need ended."""
    top, case = find_case(request, family)
    need = find_record(Need.objects, record, case=case)
    require(permissions.why_not_lead_work(by=request.post, case=case, today=now()))
    form = EndNeedForm(posted(request), initial={"version": need.version})

    def do(said: dict) -> object:
        need.version = form.cleaned_data["version"]
        because = said["ended_because"]
        return planning.end_need(need=need, end_score=said["end_score"], because=because, by=request.post, now=now())

    then = at("show_plan", top)
    done = send(request, form, do, then=then)
    stale = both_versions(form, need, ["end_score", "ended_because"])
    return done or show(request, "cases/end_need.html", top, form, back_href=then, need=need, stale=stale)


@access(**DOERS)
@require_http_methods(["GET", "POST"])
def reach_outcome(request: PractitionerRequest, family: UUID, record: UUID) -> HttpResponse:
    """Say that an outcome was reached, and how it shows."""
    top, case = find_case(request, family)
    outcome = find_record(Outcome.objects.select_related("need"), record, need__case=case)
    require(permissions.why_not_lead_work(by=request.post, case=case, today=now()))
    form = ReachOutcomeForm(posted(request), initial={"version": outcome.version})

    def do(said: dict) -> object:
        outcome.version = form.cleaned_data["version"]
        return planning.reach_outcome(outcome=outcome, **said, by=request.post, now=now())

    then = at("show_plan", top)
    done = send(request, form, do, then=then)
    stale = both_versions(form, outcome, ["evidence"])
    return done or show(request, "cases/reach_outcome.html", top, form, back_href=then, outcome=outcome, stale=stale)
