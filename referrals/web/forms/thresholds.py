"""The numbers of one of the hub's rules."""

from typing import Any, ClassVar

from django import forms

from referrals.actions.flagging import Numbers
from referrals.models import HubThreshold
from referrals.rules.hub_flags import HUB_RULE_COUNTS, HUB_RULE_DAYS
from referrals.vocabulary import HubRule
from sharing_agreements.fields import BaseForm

NARROW = {"classes": "govuk-input--width-3"}


class SetThresholdForm(BaseForm):
    """On or off, how many reports, how many days, when it goes on to the manager."""

    marks_optional = False
    seen = forms.CharField(widget=forms.HiddenInput, required=False)
    is_on = forms.TypedChoiceField(
        label="Does the watch use this rule?",
        choices=[("yes", "Yes"), ("no", "No")],
        coerce=lambda said: said == "yes",
        widget=forms.RadioSelect,
        error_messages={"required": "Say whether the watch uses this rule"},
    )
    times = forms.IntegerField(min_value=2, max_value=20)
    days = forms.IntegerField(min_value=1, max_value=3650, error_messages={"required": "Enter how many days"})
    climbs_after = forms.IntegerField(
        label="After how many working days does it go to the hub\u2019s manager?",
        min_value=0,
        max_value=60,
        help_text="0 is at once",
        error_messages={"required": "Enter how many working days; 0 is at once"},
    )
    components: ClassVar[dict[str, dict[str, Any]]] = dict.fromkeys(("times", "days", "climbs_after"), NARROW)

    def __init__(self, *args: Any, threshold: HubThreshold, **kwargs: Any) -> None:
        initial = {
            "seen": numbers_of(threshold),
            "is_on": "yes" if threshold.is_on else "no",
            "times": threshold.times,
            "days": threshold.days,
            "climbs_after": threshold.climbs_after,
        }
        super().__init__(*args, initial=initial, **kwargs)
        rule = HubRule(threshold.rule)
        self.fields["days"].label = HUB_RULE_DAYS[rule]
        counts = HUB_RULE_COUNTS.get(rule)
        if counts is None:
            del self.fields["times"]
        else:
            self.fields["times"].label = f"How many {counts}?"
            self.fields["times"].error_messages["required"] = f"Enter how many {counts}"

    def seen_numbers(self) -> Numbers:
        """What the page showed; nonsense is what nobody ever set."""
        parts = self.cleaned_data["seen"].split()
        if len(parts) != 4 or not all(part.isascii() and part.isdigit() and len(part) < 5 for part in parts):
            return (False, 0, 0, 0)
        on, times, days, climbs = map(int, parts)
        return (bool(on), times, days, climbs)


def numbers_of(threshold: HubThreshold) -> str:
    """A rule's numbers in one word, to tell whether somebody set others."""
    return f"{int(threshold.is_on)} {threshold.times} {threshold.days} {threshold.climbs_after}"
