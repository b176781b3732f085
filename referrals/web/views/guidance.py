"""Cards of guidance: the list, and one card with a button that records it as read."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from referrals.actions.reading_guidance import read_card
from referrals.queries.guidance import cards, reads_of
from sharing_agreements.fields import VersionField
from sharing_agreements.vocabulary import REPORTING_ROLES, Purpose
from sharing_agreements.web.doors import PractitionerRequest, access


@access(purpose=Purpose.REPORTING, roles=REPORTING_ROLES)
@require_safe
def list_guidance(request: PractitionerRequest) -> HttpResponse:
    """Every card, with when this practitioner read it."""
    reads = reads_of(request.post)
    lines = [{"card": card, "read": reads.get(card.slug)} for card in cards().values()]
    return render(request, "referrals/list_guidance.html", {"lines": lines})


@access(purpose=Purpose.REPORTING, roles=REPORTING_ROLES)
@require_http_methods(["GET", "POST"])
def read_guidance(request: PractitionerRequest, card: str) -> HttpResponse:
    """One card. Pressing the button records the version that was on the page; a newer one is shown instead."""
    shown = cards().get(card)
    if shown is None:
        raise Http404
    if request.method == "POST":
        if VersionField().clean(request.POST.get("version")) != shown.version:
            messages.warning(request, "This card has changed since you opened it. This is the newest version.")
            return redirect("referrals:read_guidance", card)
        read_card(card=shown, by=request.post, now=timezone.now())
        messages.success(request, f"Recorded: you have read “{shown.title}”.")
        return redirect("referrals:list_guidance")
    return render(request, "referrals/read_guidance.html", {"card": shown, "read": reads_of(request.post).get(card)})
