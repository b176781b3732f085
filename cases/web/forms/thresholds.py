"""The numbers of one rule of the watch, to be tried or saved."""

from typing import Any, ClassVar

from django import forms

from cases.actions.thresholds import Numbers
from cases.models import Threshold, ThresholdTrial
from sharing_agreements.fields import BaseForm

NARROW = {"classes": "govuk-input--width-3"}


class SetFlagRuleForm(BaseForm):
    """On or off, how many working days, when it goes on to the manager. `seen` is what the page showed."""

    marks_optional = False
    seen = forms.CharField(widget=forms.HiddenInput, required=False)
    is_on = forms.TypedChoiceField(
        label="Does the watch use this rule?",
        choices=[("yes", "Yes"), ("no", "No")],
        coerce=lambda said: said == "yes",
        widget=forms.RadioSelect,
        error_messages={"required": "Say whether the watch uses this rule"},
    )
    days = forms.IntegerField(
        label="How many working days does it wait?",
        min_value=0,
        max_value=250,
        error_messages={"required": "Enter how many working days; 0 is at once"},
    )
    climbs_after = forms.IntegerField(
        label="After how many working days does a flag go to the manager?",
        min_value=0,
        max_value=60,
        help_text="0 is at once",
        error_messages={"required": "Enter how many working days; 0 is at once"},
    )
    components: ClassVar[dict[str, dict[str, Any]]] = dict.fromkeys(("days", "climbs_after"), NARROW)

    def __init__(self, *args: Any, threshold: Threshold, shown: Threshold | ThresholdTrial, **kwargs: Any) -> None:
        initial = {
            "seen": numbers_of(threshold),
            "is_on": "yes" if shown.is_on else "no",
            "days": shown.days,
            "climbs_after": shown.climbs_after,
        }
        super().__init__(*args, initial=initial, **kwargs)

    def seen_numbers(self) -> Numbers:
        """What the page showed; nonsense is what nobody ever set."""
        parts = self.cleaned_data["seen"].split()
        if len(parts) != 3 or not all(part.isascii() and part.isdigit() and len(part) < 5 for part in parts):
            return (False, 999, 999)
        return (bool(int(parts[0])), int(parts[1]), int(parts[2]))


def numbers_of(threshold: Threshold) -> str:
    """A rule's numbers in one word, to tell whether somebody set others."""
    return f"{int(threshold.is_on)} {threshold.days} {threshold.climbs_after}"
