"""Forms about flags from the watch."""

from collections.abc import Iterable
from typing import Any

from django import forms

from cases.vocabulary import FlagAge, FlagRule
from sharing_agreements.fields import BaseForm, DateBoxesField, VersionedForm


class FilterFlagsForm(BaseForm):
    """Which flags to see; in the address, so that a list can be kept and sent on."""

    marks_optional = False
    rule = forms.ChoiceField(label="Rule", required=False, choices=[("", "Every rule"), *FlagRule.choices])
    age = forms.ChoiceField(label="Raised", required=False, choices=[("", "At any time"), *FlagAge.choices])
    team = forms.ChoiceField(label="Team of the lead", required=False)

    def __init__(self, *args: Any, teams: Iterable[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = list(teams)
        if choices:
            self.fields["team"].choices = [("", "Every team"), *choices]  # type: ignore[attr-defined]
        else:
            del self.fields["team"]

    def chosen(self, name: str) -> str:
        """The choice, or nothing when there is none or it is no choice."""
        return self.cleaned_data.get(name, "") if self.is_valid() or name in self.cleaned_data else ""


class ClimbFlagForm(VersionedForm):
    """Why it should not wait."""

    reason = forms.CharField(
        label="Why should your manager look at it now?",
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=300,
        help_text="In words the whole team may read. It is written in the chronology.",
        error_messages={"required": "Enter why it should not wait"},
    )


class SnoozeFlagForm(VersionedForm):
    """Until when, and why."""

    until = DateBoxesField(label="Put it off until", future=True, help_text="At most 28 days ahead")
    reason = forms.CharField(
        label="Why can it wait?",
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=300,
        help_text="In words the whole team may read",
        error_messages={"required": "Enter why it can wait"},
    )
