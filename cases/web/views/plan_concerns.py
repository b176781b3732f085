"""A member of the team says that the plan does not work, and the lead answers."""

from uuid import UUID

from django.http import HttpResponse
from django.views.decorators.http import require_http_methods

from cases import permissions
from cases.actions import plan_concerns
from cases.models import PlanConcern
from cases.web.forms.plan_concerns import AnswerConcernForm, RaiseConcernForm
from cases.web.views.doing import both_versions, find_case, find_record, now, posted, send, show
from cases.web.views.opening import DOERS, at
from sharing_agreements.refusals import require
from sharing_agreements.web.doors import PractitionerRequest, access


@access(**DOERS)
@require_http_methods(["GET", "POST"])
def raise_concern(request: PractitionerRequest, family: UUID) -> HttpResponse:
    """Say what is wrong with the plan."""
    top, case = find_case(request, family)
    require(permissions.why_not_work_on(by=request.post, case=case, today=now()))
    form = RaiseConcernForm(posted(request))
    then = at("show_plan", top)
    done = send(
        request,
        form,
        lambda said: plan_concerns.raise_concern(case=case, **said, by=request.post, now=now()),
        then=then,
    )
    return done or show(request, "cases/raise_concern.html", top, form, back_href=then)


@access(**DOERS)
@require_http_methods(["GET", "POST"])
def answer_concern(request: PractitionerRequest, family: UUID, record: UUID) -> HttpResponse:
    """Say what is done about it."""
    top, case = find_case(request, family)
    concern = find_record(PlanConcern.objects.select_related("case", "owner"), record, case=case)
    require(permissions.why_not_answer_concern(by=request.post, concern=concern))
    form = AnswerConcernForm(posted(request), initial={"version": concern.version, "answer": concern.answer})

    def do(said: dict) -> object:
        concern.version = form.cleaned_data["version"]
        return plan_concerns.answer_concern(concern=concern, **said, by=request.post, now=now())

    then = at("show_plan", top)
    done = send(request, form, do, then=then)
    stale = both_versions(form, concern, ["answer"])
    more = {"back_href": then, "concern": concern, "stale": stale}
    return done or show(request, "cases/answer_concern.html", top, form, **more)
