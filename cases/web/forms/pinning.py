"""The form of a pin: why an event is one of those that matter most."""

from django import forms

from sharing_agreements.fields import BaseForm


class PinEntryForm(BaseForm):
    """Why it matters."""

    reason = forms.CharField(
        label="Why does it matter most?",
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Whoever may read what your agency writes of this kind reads it, with your name",
        error_messages={"required": "Say why it matters most"},
    )
