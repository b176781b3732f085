"""Forms of the assessment and the plan."""

from typing import Any

from django import forms

from cases.vocabulary import OutcomeHeading
from cases.web.forms.people import FamilyForm, people_field
from sharing_agreements.fields import BaseForm, DateBoxesField, VersionedForm

SCORE_HELP = "1 is very worrying, 10 is no worry"


class AddNeedForm(FamilyForm):
    """Something a child or the family needs."""

    people = people_field("Whose need is it?")
    title = forms.CharField(label="The need in plain words", max_length=160, help_text="The family reads this")
    heading = forms.ChoiceField(label="Which outcome it belongs to", choices=OutcomeHeading.choices)
    baseline = forms.IntegerField(
        label="Where things are now", min_value=1, max_value=10, required=False, help_text=SCORE_HELP
    )
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

    def __init__(self, *args: Any, doers: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["doer"].choices = doers


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

    end_score = forms.IntegerField(
        label="Where things are now", min_value=1, max_value=10, required=False, help_text=SCORE_HELP
    )
    ended_because = forms.CharField(
        label="Why it ends, if no outcome was reached", max_length=300, required=False, widget=forms.Textarea
    )


class ReachOutcomeForm(VersionedForm):
    """An outcome that was reached."""

    evidence = forms.CharField(label="How does it show?", max_length=300, widget=forms.Textarea)


class WriteAssessmentForm(VersionedForm):
    """The assessment, saved as often as wanted."""

    worries = forms.CharField(label="What are we worried about?", widget=forms.Textarea, required=False)
    strengths = forms.CharField(label="What is working well?", widget=forms.Textarea, required=False)
    needs_to_happen = forms.CharField(label="What needs to happen?", widget=forms.Textarea, required=False)
    family_view = forms.CharField(label="What does the family say?", widget=forms.Textarea, required=False)
    child_view = forms.CharField(label="What do the children say?", widget=forms.Textarea, required=False)


class FinishAssessmentForm(BaseForm):
    """The conclusion that starts the plan."""

    conclusion = forms.CharField(
        label="Conclusion", max_length=500, widget=forms.Textarea, help_text="In words the family and the team may read"
    )
