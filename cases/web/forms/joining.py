"""Forms that bring a child into a case that runs already, and start their assessment."""

from django import forms

from cases.vocabulary import LevelOfNeed
from cases.web.forms.people import FamilyForm, people_field, person_field


class JoinCaseForm(FamilyForm):
    """One child of the family who is not in its case."""

    person = person_field("Which child?")
    reason = forms.CharField(
        label="Why", max_length=300, widget=forms.Textarea, help_text="For example, born on 3 March, or now lives here"
    )
    level = forms.TypedChoiceField(
        label="Level of need", choices=LevelOfNeed.choices, coerce=int, widget=forms.RadioSelect
    )
    agreed = forms.TypedChoiceField(
        label="Has the family said yes to help for this child?",
        choices=[("yes", "Yes"), ("no", "Not yet: it is offered to them")],
        coerce=lambda said: said == "yes",
        widget=forms.RadioSelect,
    )


class StartAssessmentForm(FamilyForm):
    """Children who joined a case that somebody leads already."""

    people = people_field("For which children?")
