"""Deciding for one child with the facts beside it, and a second person's look at a held decision."""

from uuid import UUID

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from referrals.actions import deciding, starting
from referrals.models import Contact, Decision, ReportedChild
from referrals.permissions import hub as permissions
from referrals.presenting import name_of
from referrals.queries.facts import facts_of
from referrals.rules import deciding as rules
from referrals.rules.feedback import words_for
from referrals.vocabulary import DecisionHeading, Outcome
from referrals.web.forms.deciding import DecideChildForm
from referrals.web.forms.hub import LookAtDecisionForm
from referrals.web.reading_contacts import next_words, page_of
from referrals.web.views.contacts import contact_or_404
from referrals.web.views.queue import HUB
from sharing_agreements import queries
from sharing_agreements.actions import submitting
from sharing_agreements.refusals import Refused, require
from sharing_agreements.vocabulary import HUB_ROLES, Purpose
from sharing_agreements.web.doors import PractitionerRequest, access


@access(purpose=Purpose.TRIAGE, roles=HUB_ROLES)
@require_http_methods(["GET", "HEAD", "POST"])
def decide_child(request: PractitionerRequest, contact: UUID, child: UUID) -> HttpResponse:
    """Outcome, why, who does what by when, and the words the reporter will read, for one child."""
    one = contact_or_404(contact)
    chosen = get_object_or_404(ReportedChild.objects.visible(), pk=child, report_id=one.report_id)
    today = timezone.localdate()
    require(permissions.why_not_decide(contact=one, by=request.post))
    ways = starting.ways_in(one, chosen.main_person, by=request.post, today=today)
    form = DecideChildForm(request.POST or None, ways=ways, today=today, initial=_initial(one))
    if request.method == "POST" and form.is_valid():
        answer = _decide(request, form, one, chosen)
        if answer is not None:
            return answer
    facts = facts_of(one, post=request.post, today=today)
    context = page_of(one, facts, request.post, timezone.now()) | {"form": form, "chosen": chosen}
    context["held_note"] = _may_be_held(one)
    return render(request, "referrals/decide_child.html", context)


def _initial(contact: Contact) -> dict[str, object]:
    """What the report already says of the family's answer."""
    said = contact.report.parent_agreed
    return {"version": contact.version, "consent_state": said if said != "not_known" else ""}


def _may_be_held(contact: Contact) -> str:
    """Told before deciding, without saying which contacts a manager looks at."""
    if contact.provisional or contact.watched_since:
        return "The family is being kept in touch with: no further action takes a second person."
    return "Some decisions of no further action wait for a manager's look before they count."


def _decide(
    request: PractitionerRequest, form: DecideChildForm, contact: Contact, child: ReportedChild
) -> HttpResponse | None:
    """Do it once; a refusal stands above the form with everything still typed."""
    page = reverse("referrals:read_contact", args=[contact.pk])

    def change() -> str:
        deciding.decide_child(
            child=child,
            contact=contact,
            proposed=form.proposed(),
            join=form.case,
            version=form.cleaned_data["version"],
            by=request.post,
            now=timezone.now(),
        )
        return page

    try:
        with transaction.atomic():
            key = form.cleaned_data["idempotency_key"]
            answer = submitting.once(key, by=request.post, body=request.POST.dict(), do=change)
    except Refused as refused:
        if refused.refusal.status == 404:
            raise
        form.add_error(None, refused.refusal.sentence)
        contact.refresh_from_db()
        form.data = form.data.copy()
        form.data["version"] = str(contact.version)
        return None
    stands = Decision.objects.filter(reported_child=child, returned=False).first()
    waits = stands is not None and stands.held
    messages.success(
        request, "Saved. It waits for a second person." if waits else "Decided. The reporter has been told."
    )
    return redirect(answer)


@access(purpose=Purpose.TRIAGE, roles=HUB)
@require_http_methods(["GET", "HEAD", "POST"])
def look_at_decision(request: PractitionerRequest, decision: UUID) -> HttpResponse:
    """Agree with a held decision, or send it back."""
    rows = Decision.objects.visible().select_related(
        "detail", "contact", "contact__report", "case", "reported_child", "author"
    )
    held = get_object_or_404(rows, pk=decision)
    require(permissions.why_not_look(decision=held, by=request.post))
    form = LookAtDecisionForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        agreed = form.cleaned_data["answer"] == "agree"
        deciding.look_at_decision(
            decision=held, agreed=agreed, reason=form.cleaned_data["reason"], by=request.post, now=timezone.now()
        )
        messages.success(
            request, "The decision counts from now." if agreed else "The decision went back to the decider."
        )
        return redirect("referrals:read_contact", held.contact_id)
    contact = contact_or_404(held.contact_id)
    facts = facts_of(contact, post=request.post, today=timezone.localdate())
    context = page_of(contact, facts, request.post, timezone.now()) | {"form": form, "decision": held}
    context["line"] = next((c for c in context["children"] if c["child"].pk == held.reported_child_id), None)
    context["feedback"] = words_for(Outcome(held.outcome))
    context["held_because"] = rules.HELD_WORDS[held.held_for]
    return render(request, "referrals/look_at_decision.html", context)


@access(purpose=Purpose.TRIAGE, roles=HUB)
@require_http_methods(["GET", "HEAD"])
def held_decisions(request: PractitionerRequest) -> HttpResponse:
    """Decisions that wait for a second person, oldest first."""
    rows = Decision.objects.visible().filter(owner_no=request.post.agency.no, held=True)
    held = list(rows.select_related("contact__report", "author").order_by("decided_at")[:100])
    lines = [(one, permissions.why_not_look(decision=one, by=request.post)) for one in held]
    return render(request, "referrals/held_decisions.html", {"lines": lines})


@access(purpose=Purpose.TRIAGE, roles=HUB)
@require_safe
def read_decision(request: PractitionerRequest, decision: UUID) -> HttpResponse:
    """The whole record of one decision, to read or print: both grades, reasons, basis, who looked at it."""
    rows = Decision.objects.visible().filter(owner_no=request.post.agency.no)
    beside = ("detail", "contact__report__author", "contact__graded_by", "reported_child", "author", "case")
    held = get_object_or_404(rows.select_related(*beside, "second_look__author"), pk=decision)
    names = queries.identities_of(held.about, for_post=request.post)
    detail = getattr(held, "detail", None)
    context = {
        "decision": held,
        "contact": held.contact,
        "name": "; ".join(name_of(names.get(person)) for person in held.about),
        "next": next_words(held),
        "feedback": words_for(Outcome(held.outcome)),
        "headings": [(one.label, detail.headings[one]) for one in DecisionHeading if detail and one in detail.headings],
        "now": timezone.now(),
    }
    return render(request, "referrals/read_decision.html", context)
