"""Forms of keeping in touch after step-down."""

from django import forms

from cases.vocabulary import LIFE_ENDED, WatchAnswer
from cases.web.forms.people import FamilyForm, people_field
from sharing_agreements.fields import BaseForm

GOING_ON = [
    (answer.value, answer.label) for answer in (WatchAnswer.DOING_WELL, WatchAnswer.SOME_WORRY, WatchAnswer.NOT_REACHED)
]
ENDINGS = [(one.value, one.label) for one in WatchAnswer if one not in LIFE_ENDED | {WatchAnswer.STEPPED_UP}]


class AnswerPromptForm(BaseForm):
    """How a child is doing in a week of keeping in touch."""

    answer = forms.TypedChoiceField(
        label="How are they doing?", choices=GOING_ON, coerce=WatchAnswer, widget=forms.RadioSelect
    )
    words = forms.CharField(label="How do you know?", max_length=300, widget=forms.Textarea)


class EndWatchForm(BaseForm):
    """How keeping in touch ended."""

    answer = forms.TypedChoiceField(
        label="How does keeping in touch end?", choices=ENDINGS, coerce=WatchAnswer, widget=forms.RadioSelect
    )
    because = forms.CharField(label="Why", max_length=300, widget=forms.Textarea)


class ReturnToHelpForm(FamilyForm):
    """Help is needed again."""

    people = people_field("Which children?")
    reason = forms.CharField(label="Why is help needed again?", max_length=300, widget=forms.Textarea)


class RingHubForm(BaseForm):
    """Nothing is asked: sending it says that the hub was rung."""
