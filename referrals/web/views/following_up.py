"""What the hub follows up itself: the list, one with its steps and the next, and ending it."""

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

from referrals.actions import following_up
from referrals.models import FollowUp
from referrals.permissions.following_up import HUB, why_not_follow_up
from referrals.presenting import name_of
from referrals.queries import follow_ups as queries
from referrals.queries.colleagues import screeners
from referrals.rules.following_up import standing
from referrals.web.forms.following_up import EndFollowUpForm, TakeStepForm
from sharing_agreements.actions.submitting import once
from sharing_agreements.fields import VersionedForm
from sharing_agreements.queries import identities_of
from sharing_agreements.refusals import Refused, require
from sharing_agreements.vocabulary import Purpose
from sharing_agreements.web.doors import PractitionerRequest, access

COLOURS = {"overdue": "red", "today": "amber", "later": ""}
WORDS = {"overdue": "Overdue: ", "today": "Today: ", "later": ""}


@access(purpose=Purpose.TRIAGE, roles=HUB)
@require_safe
def list_follow_ups(request: PractitionerRequest) -> HttpResponse:
    """What the hub follows up now, what is due first."""
    today = timezone.localdate()
    rows = list(queries.open_at(request.post)[: queries.SHOWN])
    names = identities_of({row.main_person for row in rows}, for_post=request.post)
    lines = [
        {
            "follow_up": row,
            "name": name_of(names.get(row.main_person)),
            "colour": COLOURS[standing(row.next_by, today)],
            "word": WORDS[standing(row.next_by, today)],
        }
        for row in rows
    ]
    return render(request, "referrals/list_follow_ups.html", {"lines": lines})


def _one(request: PractitionerRequest, follow_up: UUID) -> FollowUp:
    found: FollowUp = get_object_or_404(queries.of_hub(request.post), pk=follow_up)
    return found


@access(purpose=Purpose.TRIAGE, roles=HUB)
@require_http_methods(["GET", "HEAD", "POST"])
def follow_up_child(request: PractitionerRequest, follow_up: UUID) -> HttpResponse:
    """What was done so far, and the next step."""
    one, today = _one(request, follow_up), timezone.localdate()
    form = TakeStepForm(
        request.POST or None,
        colleagues=[request.post, *screeners(request.post, today=today)],
        today=today,
        initial={"version": one.version, "whose": str(one.whose_id)},
    )

    def do(now: Any) -> None:
        following_up.take_step(
            follow_up=one, step=form.step(), version=form.cleaned_data["version"], by=request.post, now=now
        )

    context = {"steps": queries.steps_of(one), "refusal": why_not_follow_up(follow_up=one, by=request.post)}
    there = reverse("referrals:follow_up_child", args=[one.pk])
    return ask(request, one, form, do, "referrals/follow_up_child.html", there, **context)


@access(purpose=Purpose.TRIAGE, roles=HUB)
@require_http_methods(["GET", "HEAD", "POST"])
def end_follow_up(request: PractitionerRequest, follow_up: UUID) -> HttpResponse:
    """End it: ready to disengage, one agency goes on, or it needs more."""
    one = _one(request, follow_up)
    require(why_not_follow_up(follow_up=one, by=request.post))
    form = EndFollowUpForm(request.POST or None, initial={"version": one.version})

    def do(now: Any) -> None:
        following_up.end_follow_up(
            follow_up=one, end=form.end(), version=form.cleaned_data["version"], by=request.post, now=now
        )

    return ask(request, one, form, do, "referrals/end_follow_up.html", reverse("referrals:list_follow_ups"))


def ask(
    request: PractitionerRequest,
    one: FollowUp,
    form: VersionedForm,
    do: Callable[[Any], None],
    template: str,
    there: str,
    **context: Any,
) -> HttpResponse:
    """Show a form, or do it once. After a stale page what was typed stands beside what the refusal says."""
    if request.method == "POST" and form.is_valid():

        def work() -> str:
            do(timezone.now())
            messages.success(request, "Written down.")
            return there

        try:
            with transaction.atomic():
                key = form.cleaned_data["idempotency_key"]
                return redirect(once(key, by=request.post, body=request.POST.dict(), do=work))
        except Refused as refused:
            if refused.refusal.status == 404:
                raise
            form.add_error(None, refused.refusal.sentence)
            one.refresh_from_db()
            form.data = form.data.copy()
            form.data["version"] = str(one.version)
    names = identities_of([one.main_person], for_post=request.post)
    shown = {"form": form, "follow_up": one, "name": name_of(names.get(one.main_person)), **context}
    return render(request, template, shown)
