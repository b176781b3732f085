"""Forms of the assessment and the plan."""

from typing import Any

from django import forms

from cases.vocabulary import ActionSort, OutcomeHeading
from cases.web.forms.people import FamilyForm, people_field
from sharing_agreements.fields import BaseForm, DateBoxesField, VersionedForm

SCORE_HELP = "0 is very worrying, 10 is no worry"


class AddNeedForm(FamilyForm):
    """Something a child or the family needs."""

    people = people_field("Whose need is it?")
    title = forms.CharField(label="The need in plain words", max_length=160, help_text="The family reads this")
    heading = forms.ChoiceField(label="Which outcome it belongs to", choices=OutcomeHeading.choices)
    baseline = forms.IntegerField(label="Where things are now", min_value=0, max_value=10, help_text=SCORE_HELP)
    description = forms.CharField(label="What lies behind it", widget=forms.Textarea, required=False)


class AddOutcomeForm(BaseForm):
    """What will be different."""

    title = forms.CharField(
        label="What will be different?",
        max_length=200,
        help_text="Something that can be seen, such as Ada is in school every day",
    )


class AddActionForm(BaseForm):
    """Who does what by when."""

    title = forms.CharField(label="What will be done?", max_length=200)
    doer = forms.ChoiceField(label="Who does it?", widget=forms.RadioSelect)
    due_on = DateBoxesField(label="By when?", future=True)
    measure = forms.CharField(
        label="How will it show that it is done?", max_length=200, help_text="Such as, she has been at the clinic twice"
    )
    sort = forms.TypedChoiceField(
        label="What sort of action is it?",
        choices=ActionSort.choices,
        coerce=ActionSort,
        initial=ActionSort.HELP,
        widget=forms.RadioSelect,
    )
    power = forms.CharField(
        label="For enforcement: which legal power?",
        max_length=200,
        required=False,
        help_text="Such as an acceptable behaviour contract, or a parenting order with its section",
    )
    power_reason = forms.CharField(
        label="For enforcement: why it helps this family now", max_length=300, required=False, widget=forms.Textarea
    )

    def __init__(self, *args: Any, doers: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["doer"].choices = doers

    def clean(self) -> dict[str, Any]:
        """Enforcement names its power and its reason, each said beside its box."""
        said = super().clean() or self.cleaned_data
        if said.get("sort") == ActionSort.ENFORCEMENT:
            if not said.get("power"):
                self.add_error("power", "Name the legal power that is used")
            if not said.get("power_reason"):
                self.add_error("power_reason", "Say why enforcement helps this family now")
        return said


class ChangeActionForm(BaseForm):
    """How far an action has come."""

    status = forms.ChoiceField(
        label="How far has it come?",
        choices=[("open", "Still to do"), ("done", "Done"), ("cancelled", "Not needed any more")],
        widget=forms.RadioSelect,
    )
    what = forms.CharField(label="What was done, or why not", max_length=300, widget=forms.Textarea)


class EndNeedForm(VersionedForm):
    """Where a need ended."""

    end_score = forms.IntegerField(label="Where things are now", min_value=0, max_value=10, help_text=SCORE_HELP)
    ended_because = forms.CharField(
        label="Why it ends, if no outcome was reached", max_length=300, required=False, widget=forms.Textarea
    )


class ReachOutcomeForm(VersionedForm):
    """An outcome that was reached."""

    evidence = forms.CharField(label="How does it show?", max_length=300, widget=forms.Textarea)


class FinishAssessmentForm(BaseForm):
    """The conclusion that starts the plan."""

    conclusion = forms.CharField(
        label="Conclusion", max_length=500, widget=forms.Textarea, help_text="In words the family and the team may read"
    )
