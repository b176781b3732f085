"""Forms about flags from the watch."""

from django import forms

from sharing_agreements.fields import DateBoxesField, VersionedForm


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
