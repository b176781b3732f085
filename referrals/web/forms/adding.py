"""Forms for what a reporter does after sending, and for putting a draft aside."""

from typing import Any

from django import forms

from sharing_agreements.fields import BaseForm

PARAGRAPH = {"rows": 5}


class AddToReportForm(BaseForm):
    """More words beside a sent report."""

    text = forms.CharField(label="What do you want to add?", max_length=20000, widget=forms.Textarea(attrs=PARAGRAPH))


class ChaseReportForm(BaseForm):
    """A reporter asks what became of a report. Words are not needed."""

    text = forms.CharField(
        label="Anything the hub should know",
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="For example: you see the child again on Thursday.",
    )


class AnswerQuestionForm(BaseForm):
    """The answer to what the hub asked."""

    text = forms.CharField(label="Your answer", max_length=20000, widget=forms.Textarea(attrs=PARAGRAPH))


class CorrectReportForm(BaseForm):
    """Which part is wrong, and how it should read."""

    part = forms.ChoiceField(label="Which part is wrong?", widget=forms.Select)
    text = forms.CharField(label="What should it say?", max_length=20000, widget=forms.Textarea(attrs=PARAGRAPH))

    def __init__(self, *args: Any, parts: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["part"].choices = [("", "Choose"), *parts]


class MarkWrongChildForm(BaseForm):
    """Why the reporter now says this was another child."""

    because = forms.CharField(
        label="What happened?",
        max_length=2000,
        widget=forms.Textarea(attrs=PARAGRAPH),
        help_text="Who you meant, if you know, and how you found out.",
    )


class AbandonDraftForm(BaseForm):
    """No draft goes without a reason."""

    because = forms.CharField(
        label="Why is this report no longer needed?",
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
