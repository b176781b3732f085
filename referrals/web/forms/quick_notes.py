"""A quick note on a known family: one question about safety, two lines, and the children when there are several."""

from typing import Any
from uuid import UUID

from django import forms

from sharing_agreements.fields import BaseForm

YES_NO = [("yes", "Yes: go on to a report with these words in it"), ("no", "No: send it to the lead practitioner")]


class QuickNoteForm(BaseForm):
    """A worried writer may leave the words for the report.

    `children` are the ids and names of those the note may be about; a single child is not asked about. `ticked` is the
    one they come about; without one all are ticked.
    """

    marks_optional = False
    worry = forms.TypedChoiceField(
        label="Is there anything that worries you about a child's safety?",
        choices=YES_NO,
        coerce=lambda said: said == "yes",
        widget=forms.RadioSelect,
        error_messages={"required": "Say whether anything worries you"},
    )
    text = forms.CharField(
        label="What did you see or hear?",
        max_length=300,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="Two lines are enough",
    )
    people = forms.TypedMultipleChoiceField(label="Who is it about?", coerce=UUID, widget=forms.CheckboxSelectMultiple)

    def __init__(self, *args: Any, children: list[tuple[UUID, str]], ticked: UUID | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.only = [child for child, _ in children] if len(children) == 1 else []
        if self.only:
            del self.fields["people"]
        else:
            choices = [(str(child), name) for child, name in children]
            self.fields["people"].choices = choices
            self.fields["people"].initial = [ticked] if ticked else [child for child, _ in choices]

    def clean(self) -> dict[str, Any]:
        """What goes to the lead has words."""
        said = super().clean() or self.cleaned_data
        if said.get("worry") is False and not said.get("text") and "text" not in self.errors:
            self.add_error("text", "Enter what you saw or heard")
        return said

    def about(self) -> list[UUID]:
        """The children the note is about."""
        return self.only or list(self.cleaned_data["people"])
