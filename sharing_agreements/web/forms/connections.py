"""Forms of conflicts of interest: whom one is connected with, who one is oneself, what a detected connection is."""

from typing import Any

from django import forms

from sharing_agreements.actions.connecting import Own
from sharing_agreements.fields import BaseForm
from sharing_agreements.fields.dates import DateBoxesField
from sharing_agreements.models import OwnDetails
from sharing_agreements.vocabulary import ConflictAnswer
from sharing_agreements.web.forms.emergency import LEAST_REASON, WhoForm


class DeclareConflictForm(WhoForm):
    """Declaring a connection with somebody."""

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.fields["name"].label = "Their full name"
        self.fields["born"].label = "Their date of birth"
        self.fields["reason"].label = "How are you connected?"
        self.fields["reason"].max_length = 300
        self.fields["reason"].help_text = "Such as: my sister's child; a close friend"
        self.fields["reason"].error_messages["required"] = "Say how you are connected"


class OwnDetailsForm(BaseForm):
    """A practitioner's own names, date of birth and home postcode."""

    given_name = forms.CharField(label="Your first name", max_length=80)
    surnames = forms.CharField(
        label="Your last name, and any you had before",
        max_length=300,
        help_text="With a comma between them, such as Marsh, Doyle",
    )
    born = DateBoxesField(label="Your date of birth", past=True)
    postcode = forms.CharField(label="Your home postcode", max_length=10)

    def __init__(self, *args: Any, own: OwnDetails | None, **kwargs: Any) -> None:
        if own:
            names = ", ".join(name.title() for name in own.surnames)
            kwargs["initial"] = {"given_name": own.given_name, "surnames": names, "born": own.born_on}
            kwargs["initial"]["postcode"] = own.postcode
        super().__init__(*args, **kwargs)

    @property
    def own(self) -> Own:
        """What was said."""
        said = self.cleaned_data
        return Own(said["given_name"], said["surnames"].split(","), said["born"], said["postcode"])


class AnswerDetectedForm(BaseForm):
    """What a connection that was detected is."""

    answer = forms.TypedChoiceField(
        label="Are they connected with somebody in a record?",
        choices=[
            (ConflictAnswer.CONFIRMED, "Yes, or it may well be: keep those records closed to them"),
            (ConflictAnswer.LIFTED, "No: open to them again what their post and agreements open"),
        ],
        coerce=ConflictAnswer,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose whether they are connected"},
    )
    reason = forms.CharField(
        label="How do you know?",
        min_length=LEAST_REASON,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": "Say how you know", "min_length": "Say how you know in a few more words"},
    )
