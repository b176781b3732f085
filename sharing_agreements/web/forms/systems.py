"""Forms about record systems: their name, and how long a key works."""

from django import forms

from sharing_agreements.fields import BaseForm
from sharing_agreements.rules.system_keys import LONGEST_DAYS


class AddSystemForm(BaseForm):
    """What the system is called where it is used."""

    name = forms.CharField(
        label="Name of the system",
        max_length=80,
        help_text="As your colleagues know it. The hub sees it beside every report it sends.",
    )


class IssueKeyForm(BaseForm):
    """How long a new key works."""

    days = forms.TypedChoiceField(
        label="How long should the key work?",
        choices=[(90, "3 months"), (180, "6 months"), (LONGEST_DAYS, "1 year")],
        coerce=int,
        initial=180,
        widget=forms.RadioSelect,
        help_text="Before it runs out, make another one, change it in the system, and revoke this one.",
        error_messages={"required": "Choose how long the key should work"},
    )
