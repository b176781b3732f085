"""Settling a match, and the notes that a report may be about somebody whose records are closed."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from referrals.actions import matching
from referrals.models import RestrictedMatch
from referrals.permissions import hub as permissions
from referrals.queries.contacts import readable_matches
from referrals.rules.matching import in_words
from referrals.web import cards
from referrals.web.forms.hub import SettleMatchForm
from referrals.web.views.contacts import contact_or_404
from sharing_agreements import queries
from sharing_agreements.refusals import require
from sharing_agreements.vocabulary import CASEWORK_ROLES, HUB_ROLES, Purpose
from sharing_agreements.web.doors import PractitionerRequest, access


@access(purpose=Purpose.TRIAGE, roles=HUB_ROLES)
@require_http_methods(["GET", "HEAD", "POST"])
def settle_match(request: PractitionerRequest, contact: UUID, match: UUID) -> HttpResponse:
    """The two accounts side by side, field by field; a person says whether they are one."""
    one = contact_or_404(contact)
    rows = readable_matches().select_related("identity", "identity__owner", "settled_by")
    found = get_object_or_404(rows, pk=match, contact_id=one.pk)
    require(permissions.why_not_settle_match(match=found, by=request.post))
    form = SettleMatchForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        same = form.cleaned_data["answer"] == "same"
        verb = matching.confirm_match if same else matching.reject_match
        verb(match=found, by=request.post, now=timezone.now())
        messages.success(request, "Confirmed. Their history shows now." if same else "Kept apart, and remembered.")
        return redirect("referrals:read_contact", one.pk)
    today = timezone.localdate()
    reported = queries.identities_of([found.main_person], for_post=request.post).get(found.main_person)
    accounts = [("As reported", reported), (f"As {found.identity.owner.short_name} has them", found.identity)]
    context = {
        "contact": one,
        "form": form,
        "match": found,
        "reasons": in_words(found.reasons),
        "accounts": [(said, cards.name_of(who), cards.age_of(who, today), who) for said, who in accounts],
    }
    return render(request, "referrals/settle_match.html", context)


@access(purpose=Purpose.TRIAGE, roles=HUB_ROLES)
@require_POST
def undo_match(request: PractitionerRequest, contact: UUID, match: UUID) -> HttpResponse:
    """Take back a settled match: it is to check again, and the two are apart."""
    one = contact_or_404(contact)
    found = get_object_or_404(readable_matches(), pk=match, contact_id=one.pk)
    matching.undo_match(match=found, by=request.post, now=timezone.now())
    messages.success(request, "Taken back. The match is to check again.")
    return redirect("referrals:read_contact", one.pk)


@access(purpose=Purpose.TRIAGE, roles=CASEWORK_ROLES)
@require_safe
def restricted_matches(request: PractitionerRequest) -> HttpResponse:
    """Reports this practitioner was told to look at, because of somebody whose records are closed."""
    told = list(RestrictedMatch.objects.select_related("hub", "recipient").order_by("-told_at")[:200])
    mine = [one for one in told if one.recipient_id == request.post.practitioner_id]
    named: dict[UUID, list[str]] = {}
    for one in told:
        if one.is_named:
            named.setdefault(one.contact_id, []).append(one.recipient.name)
    lines = [(one, sorted(named.get(one.contact_id, []))) for one in mine]
    return render(request, "referrals/restricted_matches.html", {"lines": lines})
