"""Forms of emergency access: a child by full name and date of birth, why, and what a review found."""

from django import forms

from sharing_agreements.actions.exceptions import Child
from sharing_agreements.fields import BaseForm
from sharing_agreements.fields.dates import DateBoxesField
from sharing_agreements.vocabulary import EmergencyOutcome

LEAST_REASON = 10
"""Letters of a reason; the gate wants as many."""


class WhoForm(BaseForm):
    """A child as one knows them, and why."""

    name = forms.CharField(
        label="The child's full name", max_length=120, help_text="First name and last name, such as Sam Taylor"
    )
    born = DateBoxesField(label="The child's date of birth", past=True)
    reason = forms.CharField(
        label="Why?",
        min_length=LEAST_REASON,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": "Say why", "min_length": "Say why in a few more words"},
    )

    @property
    def child(self) -> Child:
        """The child that was meant."""
        return Child(self.cleaned_data["name"], self.cleaned_data["born"])


class OpenEmergencyForm(WhoForm):
    """Opening a family in an emergency."""

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.fields["reason"].label = "What is the emergency?"
        self.fields["reason"].help_text = "What is happening, and what you need to know. Governance leads read this."
        self.fields["reason"].error_messages["required"] = "Say what the emergency is"


class ReviewEmergencyForm(BaseForm):
    """What the review of an emergency access found."""

    outcome = forms.TypedChoiceField(
        label="What did the review find?",
        choices=EmergencyOutcome.choices,
        coerce=EmergencyOutcome,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose what the review found"},
    )
    words = forms.CharField(
        label="Why?",
        min_length=LEAST_REASON,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="Whoever opened the family reads this.",
        error_messages={"required": "Say why", "min_length": "Say why in a few more words"},
    )
