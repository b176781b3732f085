"""Stepping down, stepping up, closing, and a manager's sign-off."""

from uuid import UUID

from django.http import HttpResponse
from django.views.decorators.http import require_http_methods

from cases import permissions
from cases.actions import closing, signing, stepping
from cases.models import Case, SignOff
from cases.queries.pages.choosing import social_care
from cases.vocabulary import CaseState
from cases.web.forms.ending import AskSignOffForm, CloseCaseForm, StepDownForm, StepUpForm
from cases.web.forms.leading import AnswerSignOffForm
from cases.web.views.doing import children_in, find_case, find_record, now, posted, send, show
from cases.web.views.opening import DOERS, at
from sharing_agreements.refusals import require
from sharing_agreements.web.doors import PractitionerRequest, access

CLOSABLE = {CaseState.WAITING, CaseState.ASSESSING, CaseState.PLAN_ACTIVE}
DETAIL = ("what_changed", "not_achieved", "family_view", "child_view", "who_stays")


def newest_sign_off(case: Case, to: CaseState) -> SignOff | None:
    """What was last asked of a manager for this move; the verb checks whether they agreed."""
    return SignOff.objects.visible().filter(case=case, to_state=to).order_by("-recorded_at").first()


@access(**DOERS)
@require_http_methods(["GET", "POST"])
def step_down(request: PractitionerRequest, family: UUID) -> HttpResponse:
    """End the plan for some children and keep in touch for 26 weeks."""
    top, case = find_case(request, family)
    require(permissions.why_not_lead_work(by=request.post, case=case, today=now()))
    planned = [child.person_id for child in top.places_in_case if child.state == CaseState.PLAN_ACTIVE]
    form = StepDownForm(posted(request), top=top, offered=planned)

    def do(said: dict) -> None:
        sign_off = newest_sign_off(case, CaseState.STEPPED_DOWN)
        for child in children_in(top, said.pop("people")):
            stepping.step_down(child=child, **said, sign_off=sign_off, by=request.post, now=now())

    return send(request, form, do, then=at("show_family", top)) or show(request, "cases/step_down.html", top, form)


@access(**DOERS)
@require_http_methods(["GET", "POST"])
def close_case(request: PractitionerRequest, family: UUID) -> HttpResponse:
    """End the work with some children, with words for whoever meets the family next."""
    top, case = find_case(request, family)
    require(permissions.why_not_lead_work(by=request.post, case=case, today=now()))
    open_ones = [child.person_id for child in top.places_in_case if child.state in CLOSABLE]
    form = CloseCaseForm(posted(request), top=top, offered=open_ones)

    def do(said: dict) -> None:
        closing.close_case(
            children=children_in(top, said["people"]),
            **{name: said[name] for name in ("reason", "summary", "if_they_return")},
            detail={name: said[name] for name in DETAIL},
            sign_off=newest_sign_off(case, CaseState.CLOSED),
            by=request.post,
            now=now(),
        )

    return send(request, form, do, then=at("my_work", None)) or show(request, "cases/close_case.html", top, form)


@access(**DOERS)
@require_http_methods(["GET", "POST"])
def ask_sign_off(request: PractitionerRequest, family: UUID) -> HttpResponse:
    """Ask a manager to agree to a step-down or a closing."""
    top, case = find_case(request, family)
    require(permissions.why_not_work_on(by=request.post, case=case, today=now()))
    form = AskSignOffForm(posted(request))
    done = send(
        request,
        form,
        lambda said: signing.ask_sign_off(case=case, **said, by=request.post, now=now()),
        then=at("show_family", top),
    )
    return done or show(request, "cases/ask_sign_off.html", top, form)


@access(**DOERS)
@require_http_methods(["GET", "POST"])
def answer_sign_off(request: PractitionerRequest, family: UUID, record: UUID) -> HttpResponse:
    """A manager agrees, or says why not."""
    top, case = find_case(request, family)
    sign_off = find_record(SignOff.objects.select_related("author"), record, case=case)
    require(permissions.why_not_sign_off(by=request.post, sign_off=sign_off))
    form = AnswerSignOffForm(posted(request))

    def do(said: dict) -> object:
        told = {"agreed": said["accepted"], "reason": said["reason"]}
        return signing.answer_sign_off(sign_off=sign_off, **told, by=request.post, now=now())

    done = send(request, form, do, then=at("my_work", None))
    return done or show(request, "cases/answer_sign_off.html", top, form, sign_off=sign_off)


@access(**DOERS)
@require_http_methods(["GET", "POST"])
def step_up(request: PractitionerRequest, family: UUID) -> HttpResponse:
    """Hand children to social care; it is done when a named person there confirms receipt."""
    top, case = find_case(request, family)
    require(permissions.why_not_lead_work(by=request.post, case=case, today=now()))
    form = StepUpForm(posted(request), top=top, offered=top.children, services=social_care())

    def do(said: dict) -> object:
        children = said.pop("people")
        return stepping.step_up(case=case, children=children, **said, by=request.post, now=now())

    return send(request, form, do, then=at("show_family", top)) or show(request, "cases/step_up.html", top, form)
