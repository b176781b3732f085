"""The hub's flags: why each is there, what clears it, putting one off, and whether a lead is told."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from referrals import refusals
from referrals.actions import concerning, flagging
from referrals.models import HubFlag
from referrals.permissions import flags as permissions
from referrals.presenting import NOBODY
from referrals.queries import hub_flags as queries
from referrals.web import cards
from referrals.web.forms.hub import PutOffFlagForm
from referrals.web.views.contacts import contact_or_404
from referrals.web.views.queue import HUB
from sharing_agreements.actions.submitting import is_repeat, once
from sharing_agreements.refusals import not_yours, require
from sharing_agreements.vocabulary import HUB_ROLES, Purpose, Role
from sharing_agreements.web.doors import PractitionerRequest, access


@access(purpose=Purpose.TRIAGE, roles=HUB)
@require_safe
def hub_flags(request: PractitionerRequest) -> HttpResponse:
    """Open flags from reports, by rule; a manager sees those that climbed."""
    groups = queries.open_flags(request.post, timezone.localdate())
    shown = [(group, [(line, names_of(line)) for line in group.lines]) for group in groups]
    return render(request, "referrals/hub_flags.html", {"groups": shown, "manages": request.post.role == Role.MANAGER})


def names_of(line: queries.HubFlagLine) -> str:
    """The children of the report the flag begins with, as this reader may call them."""
    return ", ".join(cards.name_of(name) for name in line.names) or NOBODY


@access(purpose=Purpose.TRIAGE, roles=HUB)
@require_http_methods(["GET", "HEAD", "POST"])
def put_off_flag(request: PractitionerRequest, flag: UUID) -> HttpResponse:
    """Put a flag off until a day, with a reason."""
    rows = HubFlag.objects.visible().select_related("contact__report")
    found = get_object_or_404(rows, pk=flag, owner_no=request.post.agency.no)
    today = timezone.localdate()
    lines = queries.flag_lines([found], request.post, today)
    require(None if lines else not_yours())
    form = PutOffFlagForm(request.POST or None, initial={"version": found.version})
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        refusal = permissions.why_not_put_off(
            flag=found, until=said["until"], reason=said["reason"], by=request.post, today=today
        )
        if is_repeat(said["idempotency_key"], by=request.post) or (not refusal and said["version"] == found.version):
            return redirect(_put_off(request, form, found))
        form.add_error("until" if refusal else None, (refusal or refusals.FLAG_CHANGED).sentence)
    stale = _stale(form, lines[0])
    context = {"form": form, "line": lines[0], "names": names_of(lines[0]), "stale": stale}
    return render(request, "referrals/put_off_flag.html", context)


def _stale(form: PutOffFlagForm, line: queries.HubFlagLine) -> list[dict[str, str]]:
    """What is stored against what was typed, when somebody else was first; sending again is then meant."""
    if not form.is_bound or form.cleaned_data.get("version") in (None, line.flag.version):
        return []
    rows = form.side_by_side({"until": line.flag.snoozed_until, "reason": line.snooze.reason if line.snooze else ""})
    form.data = form.data.copy()
    form.data["version"] = str(line.flag.version)
    return rows


def _put_off(request: PractitionerRequest, form: PutOffFlagForm, flag: HubFlag) -> str:
    """Do it once for this form, however often it is sent."""
    said = form.cleaned_data

    def do() -> str:
        flagging.put_off_flag(
            flag=flag,
            until=said["until"],
            reason=said["reason"],
            version=said["version"],
            by=request.post,
            now=timezone.now(),
        )
        return "referrals:hub_flags"

    return once(said["idempotency_key"], by=request.post, body=request.POST.dict(), do=do)


@access(purpose=Purpose.TRIAGE, roles=HUB_ROLES)
@require_POST
def leave_lead_out(request: PractitionerRequest, contact: UUID) -> HttpResponse:
    """Do not tell the lead practitioner of this report."""
    one = contact_or_404(contact)
    flagging.leave_lead_out(contact=one, by=request.post, now=timezone.now())
    messages.success(request, "The lead practitioner is left out. If they had been told to ring, that is taken back.")
    return redirect("referrals:read_contact", one.pk)


@access(purpose=Purpose.TRIAGE, roles=HUB_ROLES)
@require_POST
def ask_to_ring_first(request: PractitionerRequest, contact: UUID) -> HttpResponse:
    """Have whoever works with these children read that they ring the hub before a visit."""
    one = contact_or_404(contact)
    concerning.ask_to_ring_first(contact=one, by=request.post, now=timezone.now())
    messages.success(request, "Whoever works with these children now reads: ring the hub before you visit.")
    return redirect("referrals:read_contact", one.pk)


@access(purpose=Purpose.TRIAGE, roles=HUB_ROLES)
@require_POST
def say_lead_rung(request: PractitionerRequest, contact: UUID) -> HttpResponse:
    """Note that the hub has spoken to the lead practitioner."""
    one = contact_or_404(contact)
    flagging.say_lead_rung(contact=one, by=request.post, now=timezone.now())
    messages.success(request, "Noted that you rang the lead practitioner.")
    return redirect("referrals:read_contact", one.pk)
