"""Receipt of step ups: for the sender, the hub and social care, whether or not they may read the family's case."""

from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from cases import permissions
from cases.actions import stepping
from cases.models import StepUp, StepUpDetail
from cases.queries.pages.receipts import Receipt, receipts, receipts_at
from cases.web.forms.ending import AnswerStepUpForm
from cases.web.views.doing import Given, now, posted, send
from cases.web.views.opening import READERS, today
from sharing_agreements.refusals import require
from sharing_agreements.web.doors import PractitionerRequest, access


@access(**READERS)
@require_safe
def list_step_ups(request: PractitionerRequest) -> HttpResponse:
    """Step ups this agency sent or was sent that nobody has confirmed."""
    found = receipts_at(request.post, now=now(), today=today())
    return render(request, "cases/list_step_ups.html", {"receipts": found})


@access(**READERS)
@require_http_methods(["GET", "POST"])
def answer_step_up(request: PractitionerRequest, record: UUID) -> HttpResponse:
    """Record what social care said to a step up, with the page that was handed over."""
    receipt = find_receipt(request, record)
    require(permissions.why_not_answer_step_up(by=request.post, step_up=receipt.step))
    back_href = reverse("cases:list_step_ups")
    may_withdraw = permissions.why_not_withdraw_step_up(by=request.post, step_up=receipt.step, now=now()) is None
    form = AnswerStepUpForm(posted(request), may_withdraw=may_withdraw)
    done = send(request, form, lambda said: answer(receipt.step, said, request), then=back_href)
    detail = StepUpDetail.objects.filter(step_up=receipt.step).first()
    context = {"form": form, "receipt": receipt, "detail": detail, "back_href": back_href}
    return done or render(request, "cases/answer_step_up.html", context, status=422 if form.errors else 200)


def find_receipt(request: PractitionerRequest, record: UUID) -> Receipt:
    """The step up as this practitioner may see it, or 404."""
    rows = StepUp.objects.visible().filter(pk=record).select_related("sent_to", "owner", "case")
    found = receipts(rows, post=request.post, now=now(), today=today())
    if not found:
        raise Http404
    return found[0]


def answer(step: StepUp, said: Given, request: PractitionerRequest) -> object:
    """The verb of what was said."""
    told = {"step_up": step, "by": request.post, "now": now()}
    name, reference, reason = said["named_person"], said["their_reference"], said["reason"]
    if said["result"] == "received":
        return stepping.confirm_receipt(named_person=name, their_reference=reference, **told)
    if said["result"] == "not_accepted":
        return stepping.refuse_step_up(named_person=name, reason=reason, **told)
    if said["result"] == "withdrawn":
        return stepping.withdraw_step_up(reason=reason, **told)
    return stepping.dispute_refusal(reason=reason, **told)
