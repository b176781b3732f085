"""Signing in with a local account."""

from typing import Any

from django import forms
from django.contrib.auth import authenticate
from django.http import HttpRequest

from sharing_agreements.fields import BaseForm
from sharing_agreements.models import Practitioner


class SignInForm(BaseForm):
    """E-mail and password. One message for every wrong pair, so nobody learns which accounts exist."""

    email = forms.EmailField(
        label="E-mail address",
        widget=forms.EmailInput(attrs={"autocomplete": "username"}),
        error_messages={
            "required": "Enter your e-mail address",
            "invalid": "Enter an e-mail address like name@example.org",
        },
    )
    password = forms.CharField(
        label="Password",
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
        error_messages={"required": "Enter your password"},
    )

    def __init__(self, *args: Any, request: HttpRequest, **kwargs: Any) -> None:
        self.request = request
        self.practitioner: Practitioner | None = None
        super().__init__(*args, **kwargs)

    def clean(self) -> dict[str, Any]:
        """Find the practitioner, or say that the pair is wrong."""
        cleaned = super().clean() or {}
        if "email" in cleaned and "password" in cleaned:
            self.practitioner = authenticate(self.request, username=cleaned["email"], password=cleaned["password"])
            if self.practitioner is None:
                raise forms.ValidationError(
                    "The e-mail address or the password is not right. Check both and try again."
                )
        return cleaned
