"""Disagreeing with a decision: the reporter's form, the hub's own, taking it further, and answering."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from referrals.actions import disagreeing
from referrals.models import DisagreementRung, Feedback, ReportedChild
from referrals.permissions import disagreeing as permissions
from referrals.presenting import name_of
from referrals.queries import disagreements as queries
from referrals.vocabulary import Outcome, Rung
from referrals.web.disagreements import by_child, waiting_lines
from referrals.web.forms.disagreeing import AnswerRungForm, DisagreeForm
from referrals.web.views.contacts import contact_or_404
from referrals.web.views.queue import HUB
from sharing_agreements.actions.submitting import once
from sharing_agreements.fields import BaseForm
from sharing_agreements.queries import identities_of
from sharing_agreements.refusals import Refused, require
from sharing_agreements.vocabulary import CASEWORK_ROLES, Purpose
from sharing_agreements.web.doors import PractitionerRequest, access

SAID = "Sent. Whoever decided answers first; you read each answer here."


def child_name(request: PractitionerRequest, child: ReportedChild) -> str:
    """The child as the reader knows them."""
    return name_of(identities_of([child.main_person], for_post=request.post).get(child.person_id))


@access(purpose=Purpose.REPORTING, roles=CASEWORK_ROLES)
@require_http_methods(["GET", "HEAD", "POST"])
def disagree(request: PractitionerRequest, feedback: UUID) -> HttpResponse:
    """The agency that reported a child disagrees with what the hub told it. The report must be open to them too."""
    rows = Feedback.objects.visible().filter(sent_to=request.post.agency_id)
    told = get_object_or_404(rows.select_related("reported_child", "report"), pk=feedback)
    child, form = told.reported_child, DisagreeForm(request.POST or None)
    is_told, is_running = queries.is_told(child), queries.is_running(child)
    require(permissions.why_not_disagree(child=child, is_told=is_told, is_running=is_running, by=request.post))
    back = reverse("referrals:view_report", args=[told.report_id])

    def do(now: Any) -> None:
        disagreeing.disagree(child=child, against=form.against(), by=request.post, now=now)

    context = {"name": child_name(request, child), "told": told.text}
    return say(request, form, do, back, context)


@access(purpose=Purpose.TRIAGE, roles=HUB)
@require_http_methods(["GET", "HEAD", "POST"])
def disagree_at_hub(request: PractitionerRequest, contact: UUID, child: UUID) -> HttpResponse:
    """Somebody at the hub disagrees with a colleague's decision for one child."""
    one = contact_or_404(contact)
    chosen = get_object_or_404(ReportedChild.objects.visible(), pk=child, report_id=one.report_id)
    decision, is_running = queries.standing_decision(chosen), queries.is_running(chosen)
    told = {"decision": decision, "hub": one.owner_id, "is_running": is_running}
    require(permissions.why_not_disagree_at_hub(**told, by=request.post))
    form = DisagreeForm(request.POST or None)

    def do(now: Any) -> None:
        disagreeing.disagree_at_hub(child=chosen, contact=one, against=form.against(), by=request.post, now=now)

    context = {"name": child_name(request, chosen), "told": decision.get_outcome_display() if decision else ""}
    return say(request, form, do, reverse("referrals:read_contact", args=[one.pk]), context)


@access(purpose=Purpose.REPORTING, roles=CASEWORK_ROLES)
@require_http_methods(["GET", "HEAD", "POST"])
def take_further(request: PractitionerRequest, rung: UUID) -> HttpResponse:
    """Whoever disagrees does not accept an answer."""
    one = get_object_or_404(queries.rung_of_own(request.post), pk=rung)
    require(permissions.why_not_further(rung=one, is_latest=queries.is_latest(one), by=request.post))
    form, child = DisagreeForm(request.POST or None), one.reported_child
    at_hub = request.post.agency_id == one.owner_id
    back = reverse("referrals:queue") if at_hub else reverse("referrals:view_report", args=[child.report_id])

    def do(now: Any) -> None:
        disagreeing.take_further(rung=one, against=form.against(), by=request.post, now=now)

    context = {"name": child_name(request, child), "told": one.answer.words, "next": Rung(one.rung + 1).label}
    return say(request, form, do, back, context)


def say(
    request: PractitionerRequest, form: DisagreeForm, do: Callable[[Any], None], back: str, context: dict[str, Any]
) -> HttpResponse:
    """Show the form, or send it once however often the page is sent."""
    if request.method == "POST" and form.is_valid():
        return done(request, form, do, back, SAID)
    return render(request, "referrals/disagree.html", {"form": form, "back": back, **context})


def done(
    request: PractitionerRequest, form: BaseForm, do: Callable[[Any], None], back: str, message: str
) -> HttpResponse:
    """Do it once for the page's key, and go where the page came from."""

    def work() -> str:
        do(timezone.now())
        messages.success(request, message)
        return back

    with transaction.atomic():
        key = form.cleaned_data["idempotency_key"]
        return redirect(once(key, by=request.post, body=request.POST.dict(), do=work))


@access(purpose=Purpose.TRIAGE, roles=HUB)
@require_safe
def list_disagreements(request: PractitionerRequest) -> HttpResponse:
    """Every disagreement at the hub that waits for an answer, the soonest due first."""
    waiting = queries.waiting_at(request.post)[: queries.SHOWN]
    lines = waiting_lines(waiting, request.post, timezone.now())
    return render(request, "referrals/list_disagreements.html", {"lines": lines})


@access(purpose=Purpose.TRIAGE, roles=HUB)
@require_http_methods(["GET", "HEAD", "POST"])
def answer_disagreement(request: PractitionerRequest, rung: UUID) -> HttpResponse:
    """Everything said so far, and the answer on this rung."""
    one: DisagreementRung = get_object_or_404(queries.rung_to_answer(request.post), pk=rung)
    told = {"is_latest": queries.is_latest(one), "disagrees": queries.disagrees(one, request.post)}
    refusal = permissions.why_not_answer_rung(rung=one, by=request.post, **told)
    form = AnswerRungForm(request.POST or None, rung=Rung(one.rung), outcome=Outcome(one.decision.outcome))
    back = reverse("referrals:read_contact", args=[one.decision.contact_id])
    if request.method == "POST" and refusal is None and form.is_valid():
        try:
            return done(request, form, _answering(request, one, form), back, "Answered. They can read it now.")
        except Refused as refused:
            refusal = refused.refusal
    context = {
        "form": form,
        "rung": one,
        "refusal": refusal,
        "back": back,
        "name": child_name(request, one.decision.reported_child),
        "ladders": by_child([one.reported_child_id], request.post, timezone.now())[one.reported_child_id],
    }
    return render(request, "referrals/answer_disagreement.html", context)


def _answering(request: PractitionerRequest, rung: DisagreementRung, form: AnswerRungForm) -> Callable[[Any], None]:
    def do(now: Any) -> None:
        disagreeing.answer_rung(rung=rung, answered=form.answered(), by=request.post, now=now)

    return do
