"""Forms of notes and reviews: fields per child and per need."""

from typing import Any
from uuid import UUID

from django import forms
from django.db.models import QuerySet

from cases.models import Meeting, Need
from cases.queries.pages.family_top import FamilyTop
from cases.vocabulary import DECIDING_NOTES, Change, NoteKind, ReviewResult, Seen
from cases.web.forms.people import FamilyForm, people_field
from sharing_agreements.fields import DateBoxesField
from sharing_agreements.part_known import MONTHS
from sharing_agreements.working_time import LONDON

YES_NO = [("yes", "Yes"), ("no", "No")]
KINDS = [choice for choice in NoteKind.choices if choice[0] != NoteKind.QUICK]
SEEN = [("", "Not part of this note"), *(choice for choice in Seen.choices if choice[0] != Seen.NOT_KNOWN)]


class AddNoteForm(FamilyForm):
    """A note. The first question is about safety; then per child how they were seen and what they said."""

    worry = forms.TypedChoiceField(
        label="Does anything worry you about a child's safety?",
        choices=YES_NO,
        coerce=lambda said: said == "yes",
        widget=forms.RadioSelect,
        help_text="If a child is in danger now, call 999 first. If yes, you go on to a report with this note.",
    )
    happened_on = DateBoxesField(label="When was it?", past=True)
    note_kind = forms.TypedChoiceField(label="What was it?", choices=KINDS, coerce=NoteKind, widget=forms.RadioSelect)
    people = people_field("Who is it about?")
    headline = forms.CharField(label="In one line", max_length=300, help_text="The team reads this line")
    text = forms.CharField(label="The note", widget=forms.Textarea, required=False)
    due_on = DateBoxesField(
        label="By when is it done?",
        required=False,
        help_text="For supervision and management decisions: the day stands on your list until the next one",
    )

    def clean(self) -> dict[str, Any]:
        """What was decided has a day; nothing else has."""
        said: dict[str, Any] = super().clean() or self.cleaned_data
        kind = said.get("note_kind")
        if kind in DECIDING_NOTES and said.get("due_on") is None and "due_on" not in self.errors:
            self.add_error("due_on", "Enter the day by which it is done")
        if kind is not None and kind not in DECIDING_NOTES:
            said["due_on"] = None
        return said

    def __init__(self, *args: Any, top: FamilyTop, **kwargs: Any) -> None:
        super().__init__(*args, top=top, **kwargs)
        self.children = top.children
        for child in self.children:
            name = top.known[child].name
            self.fields[f"seen_{child}"] = forms.ChoiceField(
                label=f"How was {name} seen?", choices=SEEN, required=False
            )
            self.fields[f"words_{child}"] = forms.CharField(
                label=f"What did {name} say, in their own words?",
                widget=forms.Textarea(attrs={"rows": 2}),
                required=False,
            )

    def per_child(self, part: str) -> dict[UUID, str]:
        """What was answered for each child under `seen` or `words`; unanswered ones left out."""
        answers = {child: self.cleaned_data.get(f"{part}_{child}", "") for child in self.children}
        return {child: answer for child, answer in answers.items() if answer}


class RecordReviewForm(FamilyForm):
    """A review, need by need."""

    held_on = DateBoxesField(label="When was the review?", past=True)
    meeting = forms.ModelChoiceField(
        label="Was it at a meeting?",
        queryset=Meeting.objects.none(),
        required=False,
        empty_label="No, without a meeting",
    )
    people = people_field("Which children was it about?")
    family_score = forms.IntegerField(
        label="The family's own score",
        min_value=1,
        max_value=10,
        required=False,
        help_text="1 is very worrying, 10 is no worry",
    )
    summary = forms.CharField(
        label="In short", max_length=500, widget=forms.Textarea, help_text="The whole team reads this"
    )
    what_changed = forms.CharField(label="What changed, and how it shows", widget=forms.Textarea, required=False)
    family_view = forms.CharField(label="What the family says", widget=forms.Textarea, required=False)
    child_view = forms.CharField(label="What the children say", widget=forms.Textarea, required=False)
    result = forms.TypedChoiceField(
        label="What happens next?", choices=ReviewResult.choices, coerce=ReviewResult, widget=forms.RadioSelect
    )
    next_review_on = DateBoxesField(
        label="Next review",
        future=True,
        required=False,
        help_text="6 weeks on when you leave it empty, never more than 12",
    )

    def __init__(self, *args: Any, needs: list[Need], meetings: QuerySet[Meeting], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["meeting"]
        field.queryset = meetings
        field.label_from_instance = lambda one: f"{one.get_meeting_kind_display()}, {_day(one)}"
        self.needs = needs
        for need in needs:
            self.fields[f"change_{need.pk}"] = forms.TypedChoiceField(
                label=f"{need.title}: is it better?", choices=Change.choices, coerce=Change, widget=forms.RadioSelect
            )
            self.fields[f"score_{need.pk}"] = forms.IntegerField(
                label=f"Score now: {need.title}", min_value=1, max_value=10, required=False
            )
        last = ["summary", "what_changed", "family_view", "child_view", "result", "next_review_on"]
        self.order_fields([name for name in self.fields if name not in last] + last)

    def changes(self) -> list[tuple[Need, Change, int | None]]:
        """What became of each need, with its score."""
        said = self.cleaned_data
        return [(need, said[f"change_{need.pk}"], said[f"score_{need.pk}"]) for need in self.needs]


def _day(meeting: Meeting) -> str:
    day = meeting.starts_at.astimezone(LONDON)
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"


class AssessAgainForm(FamilyForm):
    """Whom to assess again, and why."""

    people = people_field("Which children do you assess again?", error_messages={"required": "Choose a child"})
    reason = forms.CharField(
        label="What has changed?",
        max_length=300,
        widget=forms.Textarea,
        error_messages={"required": "Say what has changed"},
    )
