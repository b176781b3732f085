"""What an officer of another force says to come in, and the code they were sent."""

from typing import Any

from django import forms

from referrals.rules.outside import DIGITS
from sharing_agreements.fields import BaseForm


class AskCodeForm(BaseForm):
    """Who they are, how the hub rings them, and their work address."""

    name = forms.CharField(
        label="Your name, rank and number",
        max_length=120,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    phone = forms.CharField(
        label="A telephone number the hub can ring you on",
        max_length=40,
        widget=forms.TextInput(attrs={"autocomplete": "tel", "inputmode": "tel"}),
    )
    email = forms.EmailField(
        label="Your work e-mail address",
        help_text="Of your police force. We send a code to it.",
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )


class EnterCodeForm(BaseForm):
    """The code from the e-mail; spaces do not matter."""

    components = {"code": {"classes": "govuk-input--width-10"}}
    code = forms.CharField(
        label="The code from the e-mail",
        max_length=20,
        help_text=f"{DIGITS} digits. It opens once, for 10 minutes.",
        widget=forms.TextInput(attrs={"autocomplete": "one-time-code", "inputmode": "numeric"}),
    )

    def clean_code(self) -> str:
        """Digits alone."""
        typed: Any = self.cleaned_data["code"]
        return "".join(one for one in typed if one.isdigit())
