"""One contact: the facts, and what a screener does with it. Every change is a form of its own."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from referrals import refusals
from referrals.actions import triaging
from referrals.models import Contact
from referrals.queries.colleagues import screeners
from referrals.queries.facts import facts_of
from referrals.vocabulary import Urgency
from referrals.web.forms.hub import AcknowledgeContactForm, AskReporterForm, GradeContactForm, HandOverContactForm
from referrals.web.reading_contacts import page_of
from referrals.web.views.queue import HUB
from sharing_agreements.actions import submitting
from sharing_agreements.fields import BaseForm
from sharing_agreements.models import Post
from sharing_agreements.refusals import Refused
from sharing_agreements.vocabulary import HUB_ROLES, Purpose
from sharing_agreements.web.doors import PractitionerRequest, access


def contact_or_404(pk: UUID) -> Contact:
    """The contact if this principal may see it; else exactly what a wrong address answers."""
    rows = Contact.objects.visible().select_related(
        "report", "report__owner", "report__author", "claimed_by", "acknowledged_by", "graded_by", "owner"
    )
    return get_object_or_404(rows, pk=pk)


@access(purpose=Purpose.TRIAGE, roles=HUB)
@require_safe
def read_contact(request: PractitionerRequest, contact: UUID) -> HttpResponse:
    """Facts left, what to do right."""
    one = contact_or_404(contact)
    older = request.GET.get("older") == "yes"
    facts = facts_of(one, post=request.post, today=timezone.localdate(), older=older)
    return render(
        request, "referrals/read_contact.html", page_of(one, facts, request.post, timezone.now(), older=older)
    )


@access(purpose=Purpose.TRIAGE, roles=HUB_ROLES)
@require_POST
def claim_contact(request: PractitionerRequest, contact: UUID) -> HttpResponse:
    """Take a contact; whoever comes second is told who has it."""
    one = contact_or_404(contact)
    triaging.claim_contact(contact=one, by=request.post, now=timezone.now())
    messages.success(request, "You have claimed this contact.")
    return redirect("referrals:read_contact", one.pk)


@access(purpose=Purpose.TRIAGE, roles=HUB_ROLES)
@require_POST
def read_additions(request: PractitionerRequest, contact: UUID) -> HttpResponse:
    """Note that what the reporter added has been read."""
    one = contact_or_404(contact)
    triaging.read_additions(contact=one, by=request.post, now=timezone.now())
    return redirect("referrals:read_contact", one.pk)


@access(purpose=Purpose.TRIAGE, roles=HUB_ROLES)
@require_http_methods(["GET", "HEAD", "POST"])
def acknowledge_contact(request: PractitionerRequest, contact: UUID) -> HttpResponse:
    """Say that the danger is in hand, and how."""
    one = contact_or_404(contact)
    form = AcknowledgeContactForm(request.POST or None)

    def do(now: Any) -> None:
        triaging.acknowledge_contact(contact=one, doing=form.cleaned_data["doing"], by=request.post, now=now)

    return ask(request, one, form, do, "referrals/acknowledge_contact.html", "The alarm has stopped.")


@access(purpose=Purpose.TRIAGE, roles=HUB_ROLES)
@require_http_methods(["GET", "HEAD", "POST"])
def grade_contact(request: PractitionerRequest, contact: UUID) -> HttpResponse:
    """Set the hub's grade beside the reporter's."""
    one = contact_or_404(contact)
    form = GradeContactForm(
        request.POST or None, initial={"version": one.version, "urgency": one.grade or one.reported}
    )
    if form.is_valid():
        urgency = Urgency(form.cleaned_data["urgency"])
        if triaging.is_against(one, urgency) and not form.cleaned_data["reason"].strip():
            form.add_error("reason", refusals.GRADE_NEEDS_A_REASON.sentence)

    def do(now: Any) -> None:
        data = form.cleaned_data
        triaging.grade_contact(
            contact=one, urgency=urgency, reason=data["reason"], version=data["version"], by=request.post, now=now
        )

    return ask(request, one, form, do, "referrals/grade_contact.html", "Graded.")


@access(purpose=Purpose.TRIAGE, roles=HUB_ROLES)
@require_http_methods(["GET", "HEAD", "POST"])
def hand_over_contact(request: PractitionerRequest, contact: UUID) -> HttpResponse:
    """Give the contact to a colleague with what they must know."""
    one = contact_or_404(contact)
    colleagues = screeners(request.post, today=timezone.localdate())
    form = HandOverContactForm(request.POST or None, colleagues=colleagues, initial={"version": one.version})

    def do(now: Any) -> None:
        data = form.cleaned_data
        to: Post = next(post for post in colleagues if str(post.pk) == data["to"])
        triaging.hand_over_contact(
            contact=one, to=to, note=data["note"], version=data["version"], by=request.post, now=now
        )

    return ask(request, one, form, do, "referrals/hand_over_contact.html", "Handed over.")


@access(purpose=Purpose.TRIAGE, roles=HUB_ROLES)
@require_http_methods(["GET", "HEAD", "POST"])
def ask_reporter(request: PractitionerRequest, contact: UUID) -> HttpResponse:
    """Ask whoever sent the report something."""
    one = contact_or_404(contact)
    form = AskReporterForm(request.POST or None, initial={"version": one.version})

    def do(now: Any) -> None:
        data = form.cleaned_data
        triaging.ask_reporter(contact=one, text=data["text"], version=data["version"], by=request.post, now=now)

    return ask(request, one, form, do, "referrals/ask_reporter.html", "Your question was sent to the reporter.")


def ask(
    request: PractitionerRequest,
    contact: Contact,
    form: BaseForm,
    do: Callable[[Any], None],
    template: str,
    done: str,
    **context: Any,
) -> HttpResponse:
    """Show a form about a contact, or do it once. A stale page keeps what was typed and says what changed."""
    if request.method == "POST" and form.is_valid():
        try:
            with transaction.atomic():
                answer = once(request, form, contact, do)
        except Refused as refused:
            if refused.refusal.status == 404:
                raise
            form.add_error(None, refused.refusal.sentence)
            contact.refresh_from_db()
            context["versions"] = both_versions(form, contact)
        else:
            messages.success(request, done)
            return redirect(answer)
    return render(request, template, {"contact": contact, "form": form, **context})


def once(request: HttpRequest, form: BaseForm, contact: Contact, do: Callable[[Any], None]) -> str:
    """Run the change once for the page's key and give where to go next."""
    page = reverse("referrals:read_contact", args=[contact.pk])

    def change() -> str:
        do(timezone.now())
        return page

    key = form.cleaned_data["idempotency_key"]
    return submitting.once(key, by=request.post, body=request.POST.dict(), do=change)  # type: ignore[attr-defined]


def both_versions(form: BaseForm, contact: Contact) -> list[dict[str, str]]:
    """After a stale save: what stands now beside what was typed. Sending again then means it."""
    if form.cleaned_data.get("version") in {None, contact.version}:
        return []
    form.data = form.data.copy()
    form.data["version"] = str(contact.version)
    typed = form.cleaned_data
    rows = [
        ("Who has it", contact.claimed_by.name if contact.claimed_by else "Nobody", chosen(form, "to")),
        ("Grade", contact.get_grade_display() if contact.grade else "Ungraded", chosen(form, "urgency")),
        ("Status", contact.get_status_display(), typed.get("text") or typed.get("note") or typed.get("reason") or ""),
    ]
    return [{"key": key, "saved": saved, "yours": yours} for key, saved, yours in rows]


def chosen(form: BaseForm, name: str) -> str:
    """The words of what was chosen in a field, if the form has it."""
    field = form.fields.get(name)
    return dict(field.choices).get(form.cleaned_data.get(name), "") if field else ""
