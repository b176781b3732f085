"""What the family says: to the offer, to receiving help, and apart from it to sharing."""

from collections.abc import Callable
from uuid import UUID

from django import forms
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from cases import permissions
from cases.actions import consenting, opening
from cases.queries import latest_consents
from cases.queries.pages.consent import Preview, preview_of_help, preview_of_sharing
from cases.queries.pages.family_top import FamilyTop
from cases.vocabulary import CaseState
from cases.web.forms.consent import AcceptOfferForm, DeclineAtStartForm, RecordConsentForm, RecordSharingForm
from cases.web.views.doing import children_in, find_case, now, posted, send, show
from cases.web.views.opening import DOERS, at, page, today
from sharing_agreements.refusals import Refused, require
from sharing_agreements.web.doors import PractitionerRequest, access

CONFIRMED = "confirmed"
"""Sent with an answer whose consequences were shown."""


def first(
    request: PractitionerRequest, form: forms.Form, top: FamilyTop, preview: Callable[[dict], Preview | None]
) -> HttpResponse | None:
    """What an answer stops and what carries on, before it is recorded; None where nothing is to be shown, or it was."""
    if request.method != "POST" or CONFIRMED in request.POST or not form.is_valid():
        return None
    try:
        found = preview(form.cleaned_data)
    except Refused as refused:
        form.add_error(None, refused.refusal.sentence)
        return None
    if found is None:
        return None
    sent = [(name, value) for name, values in request.POST.lists() for value in values if name not in UNSENT]
    context = page(request, top, preview=found, sent=sent, confirmed=CONFIRMED)
    return render(request, "cases/confirm_answer.html", context)


UNSENT = {"csrfmiddlewaretoken"}


@access(**DOERS)
@require_http_methods(["GET", "POST"])
def record_consent(request: PractitionerRequest, family: UUID) -> HttpResponse:
    """Record what one person said about receiving help."""
    top, case = find_case(request, family)
    require(permissions.why_not_work_on(by=request.post, case=case, today=now()))
    form = RecordConsentForm(posted(request), top=top)
    if shown := first(
        request, form, top, lambda said: preview_of_help(top, said["person"], said["state"], today=today())
    ):
        return shown
    done = send(
        request,
        form,
        lambda said: consenting.record_consent(case=case, **said, by=request.post, now=now()),
        then=at("show_family", top),
    )
    answers = [(top.known[person].name, row) for person, row in latest_consents(top.people).items()]
    return done or show(request, "cases/record_consent.html", top, form, answers=answers)


@access(**DOERS)
@require_http_methods(["GET", "POST"])
def record_sharing(request: PractitionerRequest, family: UUID) -> HttpResponse:
    """Record whether somebody agrees to sharing, apart from receiving help."""
    top, case = find_case(request, family)
    require(permissions.why_not_work_on(by=request.post, case=case, today=now()))
    form = RecordSharingForm(posted(request), top=top)

    def preview(said: dict) -> Preview | None:
        until = said["until"] if said["agrees"] else None
        return preview_of_sharing(top, said["person"], until, today=today())

    if shown := first(request, form, top, preview):
        return shown

    def do(said: dict) -> object:
        until = said["until"] if said["agrees"] else None
        return consenting.record_sharing(person=said["person"], case=case, until=until, by=request.post, now=now())

    return send(request, form, do, then=at("show_family", top)) or show(request, "cases/record_sharing.html", top, form)


@access(**DOERS)
@require_http_methods(["GET", "POST"])
def accept_offer(request: PractitionerRequest, family: UUID) -> HttpResponse:
    """The family says yes: the children wait for a lead."""
    top, case = find_case(request, family)
    offered = [child for child in top.places_in_case if child.state == CaseState.OFFERED]
    require(permissions.why_not_work_on(by=request.post, case=case, today=now()))
    form = AcceptOfferForm(posted(request), top=top, offered=[child.person_id for child in offered])

    def do(said: dict) -> object:
        children = children_in(top, said.pop("people"))
        return opening.accept_offer(case=case, children=children, **said, by=request.post, now=now())

    return send(request, form, do, then=at("show_family", top)) or show(request, "cases/accept_offer.html", top, form)


@access(**DOERS)
@require_http_methods(["GET", "POST"])
def decline_at_start(request: PractitionerRequest, family: UUID) -> HttpResponse:
    """The family says no before help began; a manager signs by doing this."""
    top, case = find_case(request, family)
    early = [child for child in top.places_in_case if child.state in {CaseState.OFFERED, CaseState.WAITING}]
    require(permissions.why_not_work_on(by=request.post, case=case, today=now()))
    form = DeclineAtStartForm(posted(request), top=top, offered=[child.person_id for child in early])

    def do(said: dict) -> object:
        children = children_in(top, said.pop("people"))
        return opening.decline_at_start(case=case, children=children, **said, by=request.post, now=now())

    return send(request, form, do, then=at("show_family", top)) or show(
        request, "cases/decline_at_start.html", top, form
    )
