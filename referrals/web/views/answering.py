"""The agency's own list of what the hub asks it, and its answer."""

import datetime
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from referrals.actions import answering
from referrals.models import AgencyCheck
from referrals.permissions.checks import ANSWERERS, why_not_answer
from referrals.queries.checks import answers_to, asked_of, settled_by, waiting_for
from referrals.web.forms.checks import AnswerCheckForm
from referrals.web.reading_checks import asked_line
from sharing_agreements.actions.submitting import once
from sharing_agreements.vocabulary import Purpose
from sharing_agreements.web.doors import PractitionerRequest, access

KEPT_IN_LIST = datetime.timedelta(days=30)


@access(purpose=Purpose.TRIAGE, roles=ANSWERERS)
@require_safe
def list_checks(request: PractitionerRequest) -> HttpResponse:
    """What this agency owes the hub an answer to, most pressing first, and what it answered in the last 30 days."""
    now = timezone.now()
    context = {
        "waiting": [asked_line(one, now) for one in waiting_for(request.post)],
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
    context = {"line": asked_line(one, timezone.now()), "form": form, "answers": answers, "refusal": refusal}
    return render(request, "referrals/answer_check.html", context)


def _send(request: PractitionerRequest, form: AnswerCheckForm, check: AgencyCheck) -> HttpResponse:
    """Send the answer once, however often the page is sent."""

    def work() -> str:
        given = answering.answer_check(check=check, given=form.given(), by=request.post, now=timezone.now())
        messages.success(request, f"Your answer was sent to {check.owner.name}.")
        return str(given.pk)

    once(form.cleaned_data["idempotency_key"], by=request.post, body=request.POST.dict(), do=work)
    return redirect("referrals:list_checks")
