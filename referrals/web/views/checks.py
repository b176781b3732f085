"""The hub asks other agencies: what the family said, the question, chasing, telling a manager, taking back."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from referrals.actions import checking
from referrals.models import AgencyCheck, CheckAnswer
from referrals.permissions import checks as permissions
from referrals.queries.checks import desks_for, latest_answer_of_family
from referrals.queries.facts import facts_of
from referrals.web.forms.checks import AskAgenciesForm, AskReleaseForm, RecordFamilyAnswerForm
from referrals.web.reading_checks import people_to_name
from referrals.web.views.contacts import ask, contact_or_404
from sharing_agreements.queries.exceptions import agencies_with
from sharing_agreements.refusals import require
from sharing_agreements.vocabulary import CASEWORK_ROLES, HUB_ROLES, Purpose
from sharing_agreements.web.doors import PractitionerRequest, access


@access(purpose=Purpose.TRIAGE, roles=HUB_ROLES)
@require_http_methods(["GET", "HEAD", "POST"])
def record_family_answer(request: PractitionerRequest, contact: UUID) -> HttpResponse:
    """What the family said about asking other agencies, or why a decider goes on without."""
    one = contact_or_404(contact)
    require(permissions.why_not_open_checks(contact=one, state=None, by=request.post))
    is_decider = checking.is_decider(request.post)
    form = RecordFamilyAnswerForm(request.POST or None, is_decider=is_decider, initial={"version": one.version})

    def do(now: Any) -> None:
        opening, version = form.opening(), form.cleaned_data["version"]
        checking.record_family_answer(contact=one, opening=opening, version=version, by=request.post, now=now)

    return ask(request, one, form, do, "referrals/record_family_answer.html", "Recorded.")


@access(purpose=Purpose.TRIAGE, roles=HUB_ROLES)
@require_http_methods(["GET", "HEAD", "POST"])
def ask_agencies(request: PractitionerRequest, contact: UUID) -> HttpResponse:
    """One question about named people, to each of the agencies ticked."""
    one, today = contact_or_404(contact), timezone.localdate()
    state = latest_answer_of_family(one)
    require(permissions.why_not_ask_agencies(contact=one, state=state, by=request.post))
    facts = facts_of(one, post=request.post, today=today)
    form = AskAgenciesForm(
        request.POST or None,
        desks=desks_for(one, today=today),
        people=people_to_name(one, facts),
        initial={"version": one.version},
    )

    def do(now: Any) -> None:
        checking.ask_agencies(
            contact=one,
            desks=form.chosen_desks(),
            people=form.chosen_people(),
            wording=form.wording(),
            version=form.cleaned_data["version"],
            by=request.post,
            now=now,
        )

    said = facts.openings[0]
    return ask(request, one, form, do, "referrals/ask_agencies.html", "Your question was sent.", said=said)


def _do(request: PractitionerRequest, check: UUID, verb: Callable[..., None], done: str) -> HttpResponse:
    """Do one thing with a question of this hub and go back to its contact."""
    rows = AgencyCheck.objects.visible().filter(owner_no=request.post.agency.no)
    one = get_object_or_404(rows.select_related("contact", "sent_to"), pk=check)
    verb(check=one, by=request.post, now=timezone.now())
    messages.success(request, done)
    return redirect("referrals:read_contact", one.contact_id)


@access(purpose=Purpose.TRIAGE, roles=HUB_ROLES)
@require_POST
def chase_check(request: PractitionerRequest, check: UUID) -> HttpResponse:
    """Remind whoever answers."""
    return _do(request, check, checking.chase_check, "They are reminded: their list says that you chased.")


@access(purpose=Purpose.TRIAGE, roles=HUB_ROLES)
@require_POST
def climb_check(request: PractitionerRequest, check: UUID) -> HttpResponse:
    """Tell the agency's manager that no answer came."""
    return _do(request, check, checking.climb_check, "Their manager is told: it stands first in their list. Ring too.")


@access(purpose=Purpose.TRIAGE, roles=HUB_ROLES)
@require_POST
def take_back_check(request: PractitionerRequest, check: UUID) -> HttpResponse:
    """The hub no longer asks."""
    return _do(request, check, checking.take_back_check, "Taken back: they read that they need not answer.")


@access(purpose=Purpose.TRIAGE, roles=HUB_ROLES)
@require_http_methods(["GET", "HEAD", "POST"])
def ask_release(request: PractitionerRequest, answer: UUID) -> HttpResponse:
    """Ask the owner of an answer to let one agency read it."""
    rows = CheckAnswer.objects.visible().filter(sent_to_no=request.post.agency.no)
    one = get_object_or_404(rows.select_related("owner", "check_asked"), pk=answer)
    contact = contact_or_404(one.check_asked.contact_id)
    others = agencies_with(CASEWORK_ROLES, today=timezone.localdate()).exclude(pk__in=[one.owner_id, one.sent_to_id])
    form = AskReleaseForm(request.POST or None, agencies=others.exclude(no__in=one.hidden_from))

    def do(now: Any) -> None:
        data = form.cleaned_data
        checking.ask_release(answer=one, agency=data["agency"], why=data["why"], by=request.post, now=now)

    done = f"{one.owner.name} has been asked. Nothing opens until they let it out."
    return ask(request, contact, form, do, "referrals/ask_release.html", done, answer=one)
