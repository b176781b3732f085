"""Forms of meetings: arranging one, and saying who came and what was decided."""

import datetime
from typing import Any, ClassVar
from uuid import UUID

from django import forms
from django.utils import timezone

from cases.queries.pages.meetings import Invited
from cases.vocabulary import Attendance, MeetingKind, MeetingPart
from cases.web.forms.people import FamilyForm, people_field
from sharing_agreements.fields import BaseForm, DateBoxesField

LONGEST = 480


class ArrangeMeetingForm(FamilyForm):
    """When, where, who is asked."""

    meeting_kind = forms.TypedChoiceField(
        label="What sort of meeting is it?",
        choices=MeetingKind.choices,
        coerce=MeetingKind,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose what sort of meeting it is"},
    )
    day = DateBoxesField(label="Which day?", future=True)
    clock = forms.TimeField(
        label="At what time does it begin?",
        help_text="24-hour clock, like 15:30",
        error_messages={
            "required": "Enter the time it begins",
            "invalid": "Enter the time on the 24-hour clock, like 15:30",
        },
    )
    minutes_long = forms.IntegerField(
        label="How many minutes does it last?",
        min_value=5,
        max_value=LONGEST,
        initial=60,
        error_messages={"required": "Enter how many minutes it lasts"},
    )
    venue = forms.CharField(
        label="Where?",
        max_length=200,
        required=False,
        help_text="Shown only to those who may see addresses. Tell the others yourself",
    )
    agenda = forms.CharField(
        label="What is it about?",
        widget=forms.Textarea,
        required=False,
        max_length=2000,
        help_text="One point on each line. Those who may read what meetings say find it before they come",
    )
    team = forms.TypedMultipleChoiceField(
        label="Which practitioners are invited?",
        error_messages={"required": "Choose at least one practitioner"},
        coerce=str,
        widget=forms.CheckboxSelectMultiple,
        help_text="To invite somebody else, ask them into the team first",
    )
    people = people_field(
        "Who of the family is invited?",
        required=False,
        help_text="Tell them yourself: nothing is sent to the family from here",
    )
    components: ClassVar[dict[str, dict[str, Any]]] = {
        "clock": {"classes": "govuk-input--width-5"},
        "minutes_long": {"classes": "govuk-input--width-3"},
    }

    def __init__(self, *args: Any, doers: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["team"].choices = doers
        self.fields["team"].initial = [key for key, _ in doers]
        if len(self.fields["people"].choices) == 1:
            self.fields["people"].initial = []

    def clean(self) -> dict[str, Any]:
        """A meeting is arranged before it begins."""
        said = super().clean() or self.cleaned_data
        if said.get("day") and said.get("clock") and self.starts_at() <= timezone.now():
            self.add_error("clock", "The meeting must begin later than now")
        return said

    def starts_at(self) -> datetime.datetime:
        """Day and time together, where the practitioners are."""
        return timezone.make_aware(datetime.datetime.combine(self.cleaned_data["day"], self.cleaned_data["clock"]))

    def invited(self) -> list[tuple[UUID, UUID]]:
        """Practitioner and agency of everybody ticked."""
        pairs = (key.split(":") for key in self.cleaned_data["team"])
        return [(UUID(practitioner), UUID(agency)) for practitioner, agency in pairs]


class ReplyToMeetingForm(FamilyForm):
    """What somebody invited sends before a meeting."""

    coming = forms.TypedChoiceField(
        label="Can you come?",
        choices=[("no", "No"), ("yes", "Yes")],
        coerce=lambda said: said == "yes",
        widget=forms.RadioSelect,
        error_messages={"required": "Say whether you can come"},
    )
    report = forms.CharField(
        label="Your report to the meeting",
        widget=forms.Textarea,
        required=False,
        help_text="What you do, what is better or worse, what you think should happen. It joins the minutes",
    )
    people = people_field("Whom is it about?", required=False, help_text="Everybody in the case, unless you choose")
    says_where = forms.BooleanField(
        label="It says where somebody lives, learns or is seen: only those who may see addresses read it",
        required=False,
    )


class AddPointForm(FamilyForm):
    """A point for the agenda or the minutes."""

    part = forms.TypedChoiceField(
        label="What is it?",
        choices=[(part.value, part.label) for part in (MeetingPart.AGENDA, MeetingPart.SAID, MeetingPart.DECIDED)],
        coerce=MeetingPart,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose what it is"},
    )
    text = forms.CharField(
        label="In words", widget=forms.Textarea, error_messages={"required": "Write what was said or decided"}
    )
    people = people_field(
        "Whom is it about?",
        help_text="Only those who may read of everybody you tick find it in their copy",
        error_messages={"required": "Choose whom it is about"},
    )
    says_where = forms.BooleanField(
        label="It says where somebody lives, learns or is seen: only those who may see addresses read it",
        required=False,
    )


class RecordMeetingForm(BaseForm):
    """Whether it took place, who came, what was decided."""

    held = forms.TypedChoiceField(
        label="Did the meeting take place?",
        error_messages={"required": "Say whether the meeting took place"},
        choices=[("yes", "Yes"), ("no", "No")],
        coerce=lambda said: said == "yes",
        widget=forms.RadioSelect,
    )
    decided = forms.CharField(
        label="What was decided, or why did it not take place?",
        error_messages={"required": "Say what was decided, or why it did not take place"},
        max_length=500,
        widget=forms.Textarea,
        help_text="Everybody in the team reads this",
    )
    minutes = forms.CharField(
        label="Minutes",
        widget=forms.Textarea,
        required=False,
        help_text="Who said what. Only those with full rights read this",
    )

    def __init__(self, *args: Any, invited: list[Invited], said: dict[UUID, Attendance], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.invited = invited
        for one in invited:
            self.fields[f"attendance_{one.invitation}"] = forms.ChoiceField(
                label=one.name,
                choices=[("", "Not said"), *_ANSWERS],
                required=False,
                initial=said.get(one.invitation, ""),
            )
        last = ["decided", "minutes"]
        self.order_fields([name for name in self.fields if name not in last] + last)

    def attendance(self) -> dict[UUID, Attendance]:
        """What each invited person did, where that was said."""
        answers = {one.invitation: self.cleaned_data.get(f"attendance_{one.invitation}") for one in self.invited}
        return {invitation: Attendance(answer) for invitation, answer in answers.items() if answer}


_ANSWERS = [choice for choice in Attendance.choices if choice[0] != Attendance.INVITED]
