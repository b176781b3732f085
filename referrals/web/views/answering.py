"""The agency's own list of what the hub asks it, and its answer."""

import datetime
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from referrals.actions import answering
from referrals.models import AgencyCheck, CheckAnswer
from referrals.permissions.checks import ANSWERERS, why_not_answer, why_not_refuse_release
from referrals.queries.checks import answers_to, asked_of, releases_asked, settled_by, waiting_for, wishes_to
from referrals.web.cards import uuid_or_none
from referrals.web.forms.checks import AnswerCheckForm, LetOutAnswerForm, RefuseReleaseForm
from referrals.web.reading_checks import asked_line
from sharing_agreements.actions import exceptions
from sharing_agreements.actions.submitting import once
from sharing_agreements.models import Agency
from sharing_agreements.queries.exceptions import decisions_on, readers_elsewhere
from sharing_agreements.refusals import require
from sharing_agreements.vocabulary import ExceptionVerb, Purpose
from sharing_agreements.web.doors import PractitionerRequest, access

KEPT_IN_LIST = datetime.timedelta(days=30)


@access(purpose=Purpose.TRIAGE, roles=ANSWERERS)
@require_safe
def list_checks(request: PractitionerRequest) -> HttpResponse:
    """What this agency owes the hub an answer to, most pressing first, and what it answered in the last 30 days."""
    now = timezone.now()
    context = {
        "waiting": [asked_line(one, now) for one in waiting_for(request.post)],
        "releases": releases_asked(request.post),
        "settled": [asked_line(one, now) for one in settled_by(request.post, since=now - KEPT_IN_LIST)],
        "agency": request.post.agency,
    }
    return render(request, "referrals/list_checks.html", context)


@access(purpose=Purpose.TRIAGE, roles=ANSWERERS)
@require_http_methods(["GET", "HEAD", "POST"])
def answer_check(request: PractitionerRequest, check: UUID) -> HttpResponse:
    """The question, what was answered so far, and the answer."""
    one = get_object_or_404(asked_of(request.post), pk=check)
    form = AnswerCheckForm(request.POST or None)
    refusal = why_not_answer(check=one, by=request.post)
    if request.method == "POST" and refusal is None and form.is_valid():
        return _send(request, form, one)
    answers = list(answers_to(AgencyCheck.objects.filter(pk=one.pk)))
    line = asked_line(one, timezone.now())
    context = {"line": line, "form": form, "answers": answers, "refusal": refusal, "is_ours": True}
    return render(request, "referrals/answer_check.html", context)


def _send(request: PractitionerRequest, form: AnswerCheckForm, check: AgencyCheck) -> HttpResponse:
    """Send the answer once, however often the page is sent."""

    def work() -> str:
        given = answering.answer_check(check=check, given=form.given(), by=request.post, now=timezone.now())
        messages.success(request, f"Your answer was sent to {check.owner.name}.")
        return str(given.pk)

    once(form.cleaned_data["idempotency_key"], by=request.post, body=request.POST.dict(), do=work)
    return redirect("referrals:list_checks")


def own_answer(request: PractitionerRequest, answer: UUID) -> CheckAnswer:
    """An answer of one's own agency, or 404."""
    rows = CheckAnswer.objects.visible().filter(owner_no=request.post.agency.no)
    found: CheckAnswer = get_object_or_404(rows.select_related("owner", "detail", "author"), pk=answer)
    return found


@access(purpose=Purpose.TRIAGE, roles=ANSWERERS)
@require_http_methods(["GET", "HEAD", "POST"])
def let_out_answer(request: PractitionerRequest, answer: UUID) -> HttpResponse:
    """The owner lets one answer out of the room, to an agency or one person until a day; and what was let out."""
    one = own_answer(request, answer)
    kept_in = {request.post.agency.no, one.sent_to_no, *one.hidden_from}
    readers = readers_elsewhere(besides=kept_in, today=timezone.localdate())
    asked = [wish for wish in releases_asked(request.post) if wish.check_answer_id == one.pk]
    form = LetOutAnswerForm(request.POST or None, readers=readers, wished=asked[0].agency_id if asked else None)
    if request.method == "POST" and form.is_valid():
        exceptions.share_records([one], form.share())
        messages.success(request, f"{form.cleaned_data['reader'].subject} may read it now.")
        return redirect("referrals:let_out_answer", one.pk)
    context = {
        "answer": one,
        "question": asked_of(request.post).filter(pk=one.check_asked_id).first(),
        "form": form,
        "decisions": decisions_on([one]),
        "releases": asked,
    }
    return render(request, "referrals/let_out_answer.html", context)


@access(purpose=Purpose.TRIAGE, roles=ANSWERERS)
@require_http_methods(["GET", "HEAD", "POST"])
def refuse_release(request: PractitionerRequest, wish: UUID) -> HttpResponse:
    """The owner says no to what the hub asks to be let out, with the reason."""
    one = get_object_or_404(wishes_to(request.post), pk=wish)
    require(why_not_refuse_release(request=one, is_settled=answering.is_settled(one), by=request.post))
    form = RefuseReleaseForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        reason = form.cleaned_data["reason"]
        answering.refuse_release(request=one, reason=reason, by=request.post, now=timezone.now())
        messages.success(request, f"{one.owner.name} reads that you said no, and why.")
        return redirect("referrals:let_out_answer", one.check_answer_id)
    return render(request, "referrals/refuse_release.html", {"wish": one, "form": form})


@access(purpose=Purpose.TRIAGE, roles=ANSWERERS)
@require_POST
def keep_answer_in(request: PractitionerRequest, answer: UUID) -> HttpResponse:
    """The owner takes back that an agency may read an answer. Sending it again changes nothing."""
    one = own_answer(request, answer)
    agency = get_object_or_404(Agency, pk=uuid_or_none(request.POST.get("agency", "")))
    exceptions.end_exceptions([one], agency=agency, verb=ExceptionVerb.SHARE)
    messages.success(request, f"{agency.name} can no longer read it.")
    return redirect("referrals:let_out_answer", one.pk)
