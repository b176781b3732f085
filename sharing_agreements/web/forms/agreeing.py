"""Forms of the steps an agreement takes: proposing, signing, and every step that needs a reason."""

from typing import Any

from django import forms
from django.contrib.auth.hashers import check_password

from sharing_agreements.fields import BaseForm
from sharing_agreements.models import Practitioner


class ProposeForm(BaseForm):
    """Proposing the words that were shown."""

    digest = forms.CharField(widget=forms.HiddenInput, max_length=64)


class SignForm(ProposeForm):
    """A signature: for whom, by whom, and the password again so that nobody signs at another's open screen."""

    signatory_name = forms.CharField(label="Name of the person who signs for your agency", max_length=120)
    signatory_post = forms.CharField(
        label="Their post", max_length=120, help_text="Such as: Chief constable; Head teacher"
    )
    has_read = forms.BooleanField(label="They have read this statement and the clauses and agree to be bound by them")
    password = forms.CharField(
        label="Your password, again",
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )

    def __init__(self, *args: Any, practitioner: Practitioner, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.practitioner = practitioner
        self.is_persona = practitioner.is_demonstration and not practitioner.has_usable_password()
        if self.is_persona:
            self.fields["password"] = forms.CharField(
                label="Your own name, typed again", help_text="A persona of the demonstration has no password"
            )

    def clean_password(self) -> str:
        """The password of whoever is signed in; a persona, having none, types their name."""
        given = self.cleaned_data["password"]
        if self.is_persona and given.strip().casefold() != self.practitioner.name.casefold():
            raise forms.ValidationError(f"Type your name as it is here: {self.practitioner.name}")
        if not self.is_persona and not check_password(given, self.practitioner.password):
            raise forms.ValidationError("This is not your password. Type it again.")
        return ""


class ReasonForm(BaseForm):
    """A step that is refused without a reason."""

    reason = forms.CharField(label="Why?", max_length=500, widget=forms.Textarea, help_text="Every party reads this")
