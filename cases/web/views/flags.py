"""Flags from the watch: why each is there, what clears it, and putting one off."""

from urllib.parse import urlencode
from uuid import UUID, uuid4

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from cases import permissions
from cases.actions import snoozing
from cases.models import Flag
from cases.queries import flags as queries
from cases.queries.pages.caseload import OVERSEERS
from cases.web.forms.flags import ClimbFlagForm, FilterFlagsForm, SnoozeFlagForm
from sharing_agreements.actions.submitting import is_repeat, once
from sharing_agreements.refusals import Refused, require
from sharing_agreements.vocabulary import Purpose, Role
from sharing_agreements.web.doors import PractitionerRequest, access

STALE = "Somebody put this flag off while your page was open. Compare both below; send again to have yours count."
WORKERS = frozenset({Role.LEAD_PRACTITIONER, Role.TEAM_MEMBER, Role.COORDINATOR, Role.MANAGER})


@access(purpose=Purpose.EARLY_HELP, roles=WORKERS)
@require_safe
def flags(request: PractitionerRequest) -> HttpResponse:
    """Open flags on this post's families, or on the agency's for those who oversee it, by rule."""
    form = FilterFlagsForm(request.GET, teams=[(str(team.pk), team.name) for team in queries.teams_of(request.post)])
    asked = {name: form.chosen(name) for name in ("rule", "age", "team")}
    after = request.GET.get("after", "")
    page = queries.open_flags(request.post, timezone.localdate(), **asked, after=after)
    context = {
        "form": form,
        "groups": page.groups,
        "later": f"?{urlencode({**asked, 'after': page.later})}" if page.later else "",
        "is_later": bool(after),
        "is_filtered": any(asked.values()),
        "oversees": request.post.role in OVERSEERS,
    }
    return render(request, "cases/flags.html", context)


@access(purpose=Purpose.EARLY_HELP, roles=WORKERS)
@require_http_methods(["GET", "POST"])
def climb_flag(request: PractitionerRequest, family: UUID, flag: UUID) -> HttpResponse:
    """Take a flag to the manager now, with a reason."""
    found = get_object_or_404(Flag.objects.visible().select_related("case"), pk=flag, family_id=family)
    now = timezone.now()
    require(permissions.why_not_lead_work(by=request.post, case=found.case, today=now))
    form = ClimbFlagForm(request.POST or None, initial={"version": found.version})
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data

        def do() -> str:
            snoozing.climb_flag(
                flag=found, reason=said["reason"], version=said["version"], by=request.post, now=timezone.now()
            )
            return "cases:flags"

        try:
            return redirect(once(said["idempotency_key"], by=request.post, body=request.POST.dict(), do=do))
        except Refused as refused:
            form.add_error(None, refused.refusal.sentence)
            form.data = form.data.copy()
            form.data["version"] = found.version
    line = queries.flag_lines([found], request.post, timezone.localdate(now))[0]
    context = {"form": form, "line": line}
    return render(request, "cases/climb_flag.html", context, status=422 if form.errors else 200)


@access(purpose=Purpose.EARLY_HELP, roles=WORKERS)
@require_http_methods(["GET", "POST"])
def snooze_flag(request: PractitionerRequest, family: UUID, flag: UUID) -> HttpResponse:
    """Put a flag off until a day, with a reason."""
    found = get_object_or_404(Flag.objects.visible().select_related("case"), pk=flag, family_id=family)
    now = timezone.now()
    require(permissions.why_not_lead_work(by=request.post, case=found.case, today=now))
    form = SnoozeFlagForm(request.POST or None, initial={"version": found.version})
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        refusal = permissions.why_not_snooze(
            by=request.post, flag=found, until=said["until"], reason=said["reason"], now=now
        )
        if is_repeat(said["idempotency_key"], by=request.post) or (not refusal and said["version"] == found.version):
            return redirect(_put_off(request, form, found))
        form.add_error("until" if refusal else None, refusal.sentence if refusal else STALE)
    line = queries.flag_lines([found], request.post, timezone.localdate(now))[0]
    return render(request, "cases/snooze_flag.html", {"form": form, "line": line, "stale": _stale(form, line)})


def _stale(form: SnoozeFlagForm, line: queries.FlagLine) -> list[dict[str, str]]:
    """What is stored against what was typed, when somebody else was first; sending again is then meant."""
    if not form.is_bound or form.cleaned_data.get("version") in (None, line.flag.version):
        return []
    rows = form.side_by_side({"until": line.flag.snoozed_until, "reason": line.snooze.reason if line.snooze else ""})
    form.data = form.data.copy()
    form.data["version"] = line.flag.version
    form.data["idempotency_key"] = uuid4()
    return rows


def _put_off(request: PractitionerRequest, form: SnoozeFlagForm, flag: Flag) -> str:
    """Do it once for this form, however often it is sent."""
    said = form.cleaned_data

    def do() -> str:
        snoozing.snooze_flag(
            flag=flag,
            until=said["until"],
            reason=said["reason"],
            version=said["version"],
            by=request.post,
            now=timezone.now(),
        )
        return "cases:flags"

    return once(said["idempotency_key"], by=request.post, body=request.POST.dict(), do=do)
