"""The numbers of the watch's rules: settings of the partnership, tried before they are saved."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from cases.actions import thresholds
from cases.models import Threshold, ThresholdTrial
from cases.permissions import SETTERS
from cases.rules.flags import FLAG_CLEARS_WHEN, FLAG_SAYS
from cases.vocabulary import FlagRule
from cases.web.forms.thresholds import SetFlagRuleForm, numbers_of
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
def flag_rules(request: PractitionerRequest) -> HttpResponse:
    """Every rule with its numbers."""
    rows = {row.rule: row for row in Threshold.objects.all()}
    lines = [(rows[rule], FLAG_SAYS[rule], FLAG_CLEARS_WHEN[rule]) for rule in FlagRule]
    return render(request, "cases/flag_rules.html", {"lines": lines})


@access(**SETTING)
@require_http_methods(["GET", "HEAD", "POST"])
def set_flag_rule(request: PractitionerRequest, rule: str) -> HttpResponse:
    """Try other numbers of one rule, or save them."""
    return _form_page(request, get_object_or_404(Threshold, pk=rule), None)


@access(**SETTING)
@require_safe
def show_trial(request: PractitionerRequest, rule: str, trial: UUID) -> HttpResponse:
    """What the numbers that were tried would flag, with the form to save them or try others."""
    found = get_object_or_404(ThresholdTrial, pk=trial, rule=rule)
    return _form_page(request, get_object_or_404(Threshold, pk=rule), found)


def _form_page(request: PractitionerRequest, held: Threshold, trial: ThresholdTrial | None) -> HttpResponse:
    form = SetFlagRuleForm(request.POST if request.method == "POST" else None, threshold=held, shown=trial or held)
    if request.method == "POST" and form.is_valid() and (done := _do(request, form, held)):
        return done
    rule = FlagRule(held.rule)
    context = {
        "form": form,
        "rule": held,
        "says": FLAG_SAYS[rule],
        "trial": trial,
        "now": sum(line[2] for line in trial.lines) if trial else 0,
        "then": sum(line[3] for line in trial.lines) if trial else 0,
    }
    return render(request, "cases/set_flag_rule.html", context, status=422 if form.errors else 200)


def _do(request: PractitionerRequest, form: SetFlagRuleForm, held: Threshold) -> HttpResponse | None:
    """Do what the button says, once however often it comes. None when somebody set other numbers meanwhile."""
    rule = FlagRule(held.rule)
    said = {name: form.cleaned_data[name] for name in ("is_on", "days", "climbs_after")}
    is_save = request.POST.get("do") == "save"
    body = {name: str(value) for name, value in {**said, "rule": rule, "save": is_save}.items()}

    def run() -> str:
        if is_save:
            thresholds.set_threshold(rule=rule, seen=form.seen_numbers(), **said, by=request.post)
            messages.success(request, f"Saved: {held.get_rule_display().lower()}.")
            return reverse("cases:flag_rules")
        trial = thresholds.try_threshold(rule=rule, **said, by=request.post, now=timezone.now())
        return reverse("cases:show_trial", args=[rule, trial])

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
