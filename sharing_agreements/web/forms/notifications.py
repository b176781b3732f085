"""How often somebody wants an e-mail."""

from django import forms

from sharing_agreements.fields import BaseForm
from sharing_agreements.vocabulary import HowOften


class ChooseNotificationsForm(BaseForm):
    """One choice."""

    how_often = forms.ChoiceField(
        label="When should we e-mail you?",
        choices=HowOften.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose when we should e-mail you"},
    )
