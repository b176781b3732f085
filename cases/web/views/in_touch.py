"""Keeping in touch after step-down: prompts, and the end."""

from uuid import UUID

from django.http import Http404, HttpResponse
from django.views.decorators.http import require_http_methods

from cases import permissions
from cases.actions import in_touch
from cases.models import LeadNotice, Watch, WatchPrompt
from cases.queries.pages.family_top import FamilyTop
from cases.vocabulary import CaseState
from cases.web.forms.in_touch import AnswerPromptForm, EndWatchForm, ReturnToHelpForm, RingHubForm
from cases.web.views.doing import children_in, find_case, find_record, now, posted, send, show
from cases.web.views.opening import DOERS, at
from sharing_agreements.refusals import require
from sharing_agreements.web.doors import PractitionerRequest, access


@access(**DOERS)
@require_http_methods(["GET", "POST"])
def answer_prompt(request: PractitionerRequest, family: UUID, record: UUID) -> HttpResponse:
    """Say how a child is doing in week 4, 12 or 26."""
    top, case = find_case(request, family)
    prompt = find_record(WatchPrompt.objects.select_related("watch__case"), record, watch__case=case)
    require(permissions.why_not_lead_work(by=request.post, case=case, today=now()))
    form = AnswerPromptForm(posted(request))
    done = send(
        request,
        form,
        lambda said: in_touch.answer_prompt(prompt=prompt, **said, by=request.post, now=now()),
        then=at("my_work", None),
    )
    return done or show(
        request, "cases/answer_prompt.html", top, form, prompt=prompt, child=name_of(top, prompt.person_id)
    )


@access(**DOERS)
@require_http_methods(["GET", "POST"])
def end_watch(request: PractitionerRequest, family: UUID, record: UUID) -> HttpResponse:
    """End keeping in touch: the case closes, or the plan goes on."""
    top, case = find_case(request, family)
    watch = find_record(Watch.objects.select_related("case"), record, case=case)
    require(permissions.why_not_lead_work(by=request.post, case=case, today=now()))
    mine = [c for c in top.places_in_case if c.person_id == watch.person_id and c.state == CaseState.STEPPED_DOWN]
    if not mine:
        raise Http404
    form = EndWatchForm(posted(request))
    done = send(
        request,
        form,
        lambda said: in_touch.end_watch(watch=watch, child=mine[0], **said, by=request.post, now=now()),
        then=at("my_work", None),
    )
    return done or show(request, "cases/end_watch.html", top, form, watch=watch, child=name_of(top, watch.person_id))


@access(**DOERS)
@require_http_methods(["GET", "POST"])
def return_to_help(request: PractitionerRequest, family: UUID) -> HttpResponse:
    """Help is needed again while we keep in touch: the plan goes on."""
    top, case = find_case(request, family)
    require(permissions.why_not_lead_work(by=request.post, case=case, today=now()))
    stepped_down = [child.person_id for child in top.places_in_case if child.state == CaseState.STEPPED_DOWN]
    form = ReturnToHelpForm(posted(request), top=top, offered=stepped_down)

    def do(said: dict) -> None:
        for child in children_in(top, said["people"]):
            in_touch.return_to_help(child=child, reason=said["reason"], by=request.post, now=now())

    then = at("show_family", top)
    return send(request, form, do, then=then) or show(request, "cases/return_to_help.html", top, form)


@access(**DOERS)
@require_http_methods(["GET", "POST"])
def ring_hub(request: PractitionerRequest, family: UUID, record: UUID) -> HttpResponse:
    """Say that the hub was rung, before the family is contacted."""
    top, case = find_case(request, family)
    notice = find_record(LeadNotice.objects.select_related("case", "owner"), record, case=case)
    require(permissions.why_not_lead_work(by=request.post, case=case, today=now()))
    form = RingHubForm(posted(request))
    done = send(
        request,
        form,
        lambda said: in_touch.say_hub_rung(notice=notice, by=request.post, now=now()),
        then=at("my_work", None),
    )
    return done or show(request, "cases/ring_hub.html", top, form, notice=notice)


def name_of(top: FamilyTop, person: UUID) -> str:
    """What this reader may call somebody."""
    return top.known[top.anchors.get(person, person)].name
