"""Consent to help, and apart from it agreement to sharing; the family's yes or no to the offer."""

from typing import Any

from django import forms

from cases.vocabulary import ConsentState
from cases.web.forms.people import FamilyForm, people_field, person_field
from sharing_agreements.fields import DateBoxesField


class RecordConsentForm(FamilyForm):
    """What one person said about receiving help."""

    person = person_field("Who answered?", help_text="A young person of 13 or over answers for themselves")
    state = forms.TypedChoiceField(
        label="What did they say about receiving help?",
        choices=ConsentState.choices,
        coerce=ConsentState,
        widget=forms.RadioSelect,
    )
    told_by = forms.CharField(label="How they said it, and to whom", max_length=160, required=False)
    reason = forms.CharField(
        label="Why, or which part",
        max_length=300,
        required=False,
        widget=forms.Textarea,
        help_text="Needed when they were not asked, agreed in part, or were overridden",
    )
    basis = forms.CharField(label="Law relied on, for an override", max_length=200, required=False)

    def clean(self) -> dict[str, Any]:
        """Reasons where they are due, said beside their field."""
        said = super().clean() or self.cleaned_data
        wants_reason = {ConsentState.NOT_ASKED, ConsentState.PARTLY, ConsentState.OVERRIDDEN}
        if said.get("state") in wants_reason and not said.get("reason"):
            self.add_error("reason", "Say why, or which part")
        if said.get("state") == ConsentState.OVERRIDDEN and not said.get("basis"):
            self.add_error("basis", "Name the law relied on")
        return said


class RecordSharingForm(FamilyForm):
    """Whether somebody agrees to sharing."""

    person = person_field("Who answered?")
    agrees = forms.TypedChoiceField(
        label="Do they agree that agencies share information about them?",
        choices=[("yes", "Yes, until the day below"), ("no", "No, or not any more")],
        coerce=lambda said: said == "yes",
        widget=forms.RadioSelect,
    )
    until = DateBoxesField(label="Agreed until", future=True, required=False)

    def clean(self) -> dict[str, Any]:
        """A yes lasts until a day."""
        said = super().clean() or self.cleaned_data
        if said.get("agrees") and not said.get("until") and "until" not in self.errors:
            self.add_error("until", "Enter the last day of the agreement to sharing")
        return said


class AcceptOfferForm(FamilyForm):
    """The family says yes to help."""

    people = people_field("For which children?")
    lead_wished_for = forms.CharField(label="Whom would the family like as lead?", max_length=200, required=False)


class DeclineAtStartForm(FamilyForm):
    """The family says no before help began."""

    people = people_field("For which children?")
    reason = forms.CharField(label="Why", max_length=300, widget=forms.Textarea)
