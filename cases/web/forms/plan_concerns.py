"""What is wrong with the plan, and what is done about it."""

from django import forms

from sharing_agreements.fields import BaseForm, VersionedForm


class RaiseConcernForm(BaseForm):
    """Somebody of the team is worried about the plan."""

    words = forms.CharField(
        label="What worries you about the plan?",
        max_length=500,
        widget=forms.Textarea,
        help_text="For example, an action nobody does, or something that has got worse",
        error_messages={"required": "Write what worries you"},
    )


class AnswerConcernForm(VersionedForm):
    """What is done about it."""

    answer = forms.CharField(
        label="What is done about it?",
        max_length=500,
        widget=forms.Textarea,
        error_messages={"required": "Write what is done about it"},
    )
