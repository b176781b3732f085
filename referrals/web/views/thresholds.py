"""The numbers of the hub's rules: settings of the partnership."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from referrals.actions import flagging
from referrals.models import HubThreshold
from referrals.permissions.flags import SETTERS
from referrals.rules.hub_flags import HUB_FLAG_SAYS, HUB_RULE_COUNTS
from referrals.vocabulary import HubRule
from referrals.web.forms.thresholds import SetThresholdForm, numbers_of
from sharing_agreements.actions.submitting import once
from sharing_agreements.refusals import Refused
from sharing_agreements.vocabulary import Purpose, Role
from sharing_agreements.web.doors import PractitionerRequest, access

SETTING = {
    "purpose": Purpose.OVERSIGHT,
    "roles": SETTERS,
    "by_role": {Role.ADMINISTRATOR: Purpose.GOVERNANCE, Role.COORDINATOR: Purpose.EARLY_HELP},
}


@access(**SETTING)
@require_safe
def hub_thresholds(request: PractitionerRequest) -> HttpResponse:
    """Every rule with its numbers."""
    rows = {row.rule: row for row in HubThreshold.objects.all()}
    lines = [(rows[rule], HUB_FLAG_SAYS[rule], HUB_RULE_COUNTS.get(rule)) for rule in HubRule]
    return render(request, "referrals/hub_thresholds.html", {"lines": lines})


@access(**SETTING)
@require_http_methods(["GET", "POST"])
def set_hub_threshold(request: PractitionerRequest, rule: str) -> HttpResponse:
    """Set one rule's numbers."""
    held = get_object_or_404(HubThreshold, pk=rule)
    form = SetThresholdForm(request.POST if request.method == "POST" else None, threshold=held)
    if request.method == "POST" and form.is_valid() and (done := _set(request, form, held)):
        return done
    context = {"form": form, "rule": held, "says": HUB_FLAG_SAYS[HubRule(held.rule)]}
    return render(request, "referrals/set_hub_threshold.html", context, status=422 if form.errors else 200)


def _set(request: PractitionerRequest, form: SetThresholdForm, held: HubThreshold) -> HttpResponse | None:
    """Do it once however often it comes. None when somebody set other numbers meanwhile: the form says which."""
    said = {name: form.cleaned_data[name] for name in ("is_on", "days", "climbs_after")}
    said["times"] = form.cleaned_data.get("times", held.times)
    body = {name: str(value) for name, value in {**said, "rule": held.rule}.items()}

    def run() -> str:
        flagging.set_threshold(rule=HubRule(held.rule), seen=form.seen_numbers(), **said, by=request.post)
        return "referrals:hub_thresholds"

    try:
        return redirect(once(form.cleaned_data["idempotency_key"], by=request.post, body=body, do=run))
    except Refused as refused:
        if refused.refusal.status == 404:
            raise
        request.refusal_code = refused.refusal.code  # type: ignore[attr-defined]
        form.add_error(None, refused.refusal.sentence)
        form.data = form.data.copy()
        form.data["seen"] = numbers_of(held)
    return None
