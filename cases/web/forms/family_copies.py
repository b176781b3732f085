"""Forms of a copy for the family, and of what somebody of the family says is wrong."""

from typing import Any

from django import forms

from cases.queries.pages.family_copies import Composed
from cases.vocabulary import HandedBy, Objected
from cases.web.forms.people import FamilyForm, person_field
from sharing_agreements.fields import BaseForm, VersionedForm


class HandOverCopyForm(BaseForm):
    """What is left out of a copy by hand, how it is handed over, and that somebody has read it."""

    leave_out = forms.TypedMultipleChoiceField(
        label="Leave out",
        coerce=int,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="Tick what they should not read on paper. Talk about it instead",
    )
    way = forms.TypedChoiceField(
        label="How do they get it?",
        choices=HandedBy.choices,
        coerce=HandedBy,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose how they get it"},
    )
    has_read = forms.BooleanField(
        label="I have read this copy as they will read it",
        error_messages={"required": "Read the copy first, then tick that you have"},
    )
    mark = forms.CharField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, composed: Composed, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.composed = composed
        lines = [(number, f"{line.heading}: {line.text}") for number, line in enumerate(composed.lines)]
        self.fields["leave_out"].choices = lines
        self.fields["mark"].initial = composed.mark

    def clean(self) -> dict[str, Any]:
        """What is handed over is what was read: a copy that changed meanwhile is read again."""
        said = super().clean() or self.cleaned_data
        if said.get("mark") != self.composed.mark:
            self.data = self.data.copy()
            self.data["mark"] = self.composed.mark
            self.data.pop("has_read", None)
            self.add_error(None, "The copy has changed since you read it. Read it again.")
        return said

    def lines(self) -> list[tuple[str, str]]:
        """The lines that are left."""
        out = set(self.cleaned_data["leave_out"])
        return [(line.heading, line.text) for number, line in enumerate(self.composed.lines) if number not in out]


class RecordObjectionForm(FamilyForm):
    """What somebody of the family says is wrong."""

    person = person_field("Who says so?", error_messages={"required": "Choose who says so"})
    against = forms.TypedChoiceField(
        label="What do they disagree with?",
        choices=Objected.choices,
        coerce=Objected,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose what they disagree with"},
    )
    words = forms.CharField(
        label="In their words",
        widget=forms.Textarea,
        help_text="As they say it, or copied from what they wrote. It stays beside the record and is never changed",
        error_messages={"required": "Write what they say"},
    )


class AnswerObjectionForm(VersionedForm):
    """What was answered or put right."""

    answer = forms.CharField(
        label="What was answered, or put right?",
        max_length=500,
        widget=forms.Textarea,
        help_text="They read this in their next copy",
        error_messages={"required": "Write what was answered"},
    )
