"""Forms of stepping down, stepping up and closing, and of a manager's sign-off."""

from typing import Any

from django import forms

from cases.vocabulary import CaseState, ClosingReason, LevelOfNeed
from cases.web.forms.people import FamilyForm, people_field, person_field
from sharing_agreements.fields import BaseForm, DateBoxesField
from sharing_agreements.models import Agency

RETURN_HELP = "Whoever meets the family next reads this"


class StepDownForm(FamilyForm):
    """End the plan and keep in touch."""

    people = people_field("Which children?")
    summary = forms.CharField(
        label="What changed, in short", max_length=600, widget=forms.Textarea, help_text=RETURN_HELP
    )
    if_they_return = forms.CharField(label="What to do if they need help again", max_length=300, required=False)
    family_told_on = DateBoxesField(label="When was the family told?", past=True)
    family_view = forms.CharField(
        label="What do they say about keeping in touch?", max_length=300, widget=forms.Textarea
    )
    on_lists = forms.TypedChoiceField(
        label="Did they agree that partners look out for them?",
        choices=[("yes", "Yes"), ("no", "No: they are on nobody's list")],
        coerce=lambda said: said == "yes",
        widget=forms.RadioSelect,
        help_text="Partners see the name, the lead's phone and the end date only",
    )


class CloseCaseForm(FamilyForm):
    """End the work with children."""

    people = people_field("Which children?")
    reason = forms.TypedChoiceField(
        label="Why does the work end?", choices=ClosingReason.choices, coerce=ClosingReason, widget=forms.RadioSelect
    )
    summary = forms.CharField(
        label="Why we were involved and how it ends", max_length=600, widget=forms.Textarea, help_text=RETURN_HELP
    )
    if_they_return = forms.CharField(label="What to do if they need help again", max_length=300, required=False)
    what_changed = forms.CharField(label="What changed, and how it shows", widget=forms.Textarea, required=False)
    not_achieved = forms.CharField(label="What was not achieved, and why", widget=forms.Textarea, required=False)
    family_view = forms.CharField(label="What the family says", widget=forms.Textarea, required=False)
    child_view = forms.CharField(label="What the children say", widget=forms.Textarea, required=False)
    who_stays = forms.CharField(label="Who stays in touch with the family", widget=forms.Textarea, required=False)


class AskSignOffForm(BaseForm):
    """Ask a manager to agree."""

    to_state = forms.TypedChoiceField(
        label="What should they agree to?",
        choices=[(CaseState.STEPPED_DOWN, "Stepping down again"), (CaseState.CLOSED, "Closing")],
        coerce=CaseState,
        widget=forms.RadioSelect,
    )
    reason = forms.CharField(label="Why", max_length=300, widget=forms.Textarea)


class StepUpForm(FamilyForm):
    """Hand children to social care."""

    people = people_field("Which children?")
    to = forms.ModelChoiceField(label="To which service", queryset=Agency.objects.none())
    reason = forms.CharField(label="Why, in one line", max_length=300)
    handover = forms.CharField(
        label="What they must know",
        widget=forms.Textarea,
        help_text="One page: who, what worries you, what was tried, what the children say, what is planned",
    )

    def __init__(self, *args: Any, services: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["to"].queryset = services


WITHDRAW = ("withdrawn", "We accept their no and take it back: early help carries on")


class AnswerStepUpForm(BaseForm):
    """What social care says to a step up."""

    result = forms.ChoiceField(
        label="What did they say?",
        choices=[
            ("received", "They have it"),
            ("not_accepted", "They do not accept it"),
            ("disputed", "We dispute their no"),
        ],
        widget=forms.RadioSelect,
    )
    named_person = forms.CharField(label="Name of the person there", max_length=120, required=False)
    their_reference = forms.CharField(label="Their reference", max_length=60, required=False)
    reason = forms.CharField(
        label="If not accepted, disputed or taken back, why?", max_length=300, widget=forms.Textarea, required=False
    )

    def __init__(self, *args: Any, may_withdraw: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if may_withdraw:
            self.fields["result"].choices = [*self.fields["result"].choices, WITHDRAW]

    def clean(self) -> dict[str, Any]:
        """Receipt names a person and a reference; everything else says why."""
        said = super().clean() or self.cleaned_data
        wanted = ["named_person", "their_reference"] if said.get("result") == "received" else ["reason"]
        for name in wanted if said.get("result") else []:
            if not said.get(name):
                label = "why" if name == "reason" else str(self.fields[name].label).lower()
                self.add_error(name, f"Enter {label}")
        return said


class SetLevelForm(FamilyForm):
    """A child's level of need from today."""

    person = person_field("Which child?")
    level = forms.TypedChoiceField(
        label="Level of need", choices=LevelOfNeed.choices, coerce=int, widget=forms.RadioSelect
    )
    reason = forms.CharField(label="Why", max_length=300, widget=forms.Textarea)
