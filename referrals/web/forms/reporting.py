"""The eleven required questions of a report, page by page. Each page keeps what was typed, right or wrong."""

from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError

from referrals.queries.variants import variant_for
from referrals.rules.clocks import URGENCY_MEANS
from referrals.rules.report import Known, name_parts
from referrals.vocabulary import Answer, ConcernKind, FamilyTold, Seen, Urgency
from referrals.web.forms.rows import RowForm, row_set
from referrals.web.forms.variants import speak_as
from sharing_agreements.fields import BaseForm, PartKnownDateField
from sharing_agreements.naming import UNBORN_BABY
from sharing_agreements.vocabulary import Precision

BIG = {"rows": 8}
NOT_KNOWN_WILL_DO = "If you do not know, write “not known”."


def heading(name: str, *, group: bool = True) -> dict[str, dict[str, Any]]:
    """The question is the page's heading, when it is the only one."""
    if group:
        return {name: {"fieldset": {"legend": {"isPageHeading": True, "classes": "govuk-fieldset__legend--l"}}}}
    return {name: {"label": {"isPageHeading": True, "classes": "govuk-label--l"}}}


class StepForm(BaseForm):
    """A page of the report. `known` says what earlier pages told us: the children's names and ages, the agency."""

    asks_in_heading = False
    page: ClassVar[str] = ""  # where a variant may ask more, the page's part of the address

    def __init__(self, *args: Any, known: Known | None = None, **kwargs: Any) -> None:
        self.known = known or Known()
        super().__init__(*args, **kwargs)

    def prepare(self) -> None:
        """The fields as this agency is asked them."""
        self.ask()
        speak_as(self, variant_for(self.known.agency_type), self.page)

    def ask(self) -> None:
        """Fields that depend on what earlier pages told."""


class DangerForm(StepForm):
    """Question 1, before anything else."""

    asks_in_heading = True
    components: ClassVar[dict[str, dict[str, Any]]] = heading("danger")

    danger = forms.ChoiceField(
        label="Is a child in danger now?",
        choices=Answer.choices,
        widget=forms.RadioSelect,
        help_text="Likely to be seriously hurt today, or left with nobody safe.",
    )


class DangerToldForm(StepForm):
    """Asked straight after yes: who was told, when."""

    danger_told = forms.CharField(
        label="Who have you told?", max_length=200, help_text="Name and role. If nobody yet, write “nobody yet”."
    )
    danger_told_at = forms.TimeField(
        label="What time did you tell them?",
        required=False,
        help_text="24-hour clock, like 21:30. Leave it empty if nobody yet.",
        error_messages={"invalid": "Enter the time on the 24-hour clock, like 21:30"},
    )
    components: ClassVar[dict[str, dict[str, Any]]] = {"danger_told_at": {"classes": "govuk-input--width-5"}}


class AccountForm(StepForm):
    """Question 2, early, while it is fresh."""

    asks_in_heading = True
    components: ClassVar[dict[str, dict[str, Any]]] = heading("account", group=False)

    account = forms.CharField(
        label="What did you see and hear?",
        widget=forms.Textarea(attrs=BIG),
        max_length=20000,
        help_text="Who was there, what they did and said, how each child looked. Facts first, then opinion.",
    )


class ConcernForm(StepForm):
    """Question 3: one main kind."""

    asks_in_heading = True
    components: ClassVar[dict[str, dict[str, Any]]] = heading("concern")

    concern = forms.ChoiceField(
        label="What kind of concern is it, mainly?",
        choices=ConcernKind.choices,
        widget=forms.RadioSelect,
        help_text="Choose one. You can add other kinds at the end.",
    )


class WhenWhereForm(StepForm):
    """Questions 4 and 5."""

    happened = PartKnownDateField(label="When did it happen?", past=True)
    happened_time = forms.TimeField(
        label="What time did it happen?",
        required=False,
        help_text="24-hour clock, like 21:30",
        error_messages={"invalid": "Enter the time on the 24-hour clock, like 21:30"},
    )
    happened_at = forms.CharField(
        label="Where did it happen?", max_length=300, help_text=f"Address or place. {NOT_KNOWN_WILL_DO}"
    )
    components: ClassVar[dict[str, dict[str, Any]]] = {"happened_time": {"classes": "govuk-input--width-5"}}


class ChildRow(RowForm):
    """Questions 6, 7 and 8 for one child; from the second on, whether they are where the first is."""

    name = forms.CharField(label="Name", max_length=160, required=False, help_text=NOT_KNOWN_WILL_DO)
    born = PartKnownDateField(label="Date of birth", age=True, due=True, past=True)
    seen = forms.ChoiceField(label="Did you see this child?", choices=Seen.choices, widget=forms.RadioSelect)
    same_place = forms.BooleanField(label="In the same place as the first child", required=False, initial=True)
    elsewhere = forms.CharField(label="If not, where are they now, and with whom?", max_length=300, required=False)
    marks_optional = False
    beside = ("name", "born")
    components: ClassVar[dict[str, dict[str, Any]]] = {
        "seen": {"classes": "govuk-radios--small"},
        "same_place": {"classes": "govuk-checkboxes--small"},
    }

    def ask(self) -> None:
        """The first child is asked for no other place."""
        if self.position == 0:
            del self.fields["same_place"], self.fields["elsewhere"]

    def clean(self) -> dict[str, Any]:
        """An unborn child needs no name; a child in another place needs the place."""
        said = super().clean() or self.cleaned_data
        born = said.get("born")
        if not said.get("name", "").strip():
            if born and born.precision == Precision.DUE:
                said["name"] = UNBORN_BABY
            elif "name" not in self.errors:
                self.add_error("name", "Enter the name of the child, or write “not known”")
        if self.position and not said.get("same_place") and not said.get("elsewhere"):
            self.add_error("elsewhere", "Say where this child is now, or tick “In the same place as the first child”")
        return said


class ChildrenForm(row_set(ChildRow, prefix="child", most=20)):  # type: ignore[misc]
    """Every child on one page: four children are twelve answers here."""

    adds = "Add another child"
    noun = "Child"


class NowForm(StepForm):
    """Questions 9 and 10."""

    now_at = forms.CharField(label="Where is the child now, and who with?", max_length=300)
    told = forms.ChoiceField(
        label="Does a parent know you are sending this?", choices=FamilyTold.choices, widget=forms.RadioSelect
    )

    def ask(self) -> None:
        """By the first child's name, once it was given."""
        name = self.known.names[0] if self.known.names else ""
        field = self.fields["now_at"]
        field.label = f"Where is {name} now, and who with?" if any(name_parts(name)) else field.label
        field.help_text = NOT_KNOWN_WILL_DO


class UrgencyForm(StepForm):
    """Question 11: the reporter's grade, which the hub keeps beside its own."""

    urgency = forms.ChoiceField(
        label="How urgent is it?",
        choices=Urgency.choices,
        widget=forms.RadioSelect,
        help_text="Your view counts and is kept. The hub sets its own beside it.",
    )
    asks_in_heading = True
    components: ClassVar[dict[str, dict[str, Any]]] = {
        "urgency": {
            **heading("urgency")["urgency"],
            "items": {code.value: {"hint": {"text": words}} for code, words in URGENCY_MEANS.items()},
        }
    }

    def clean_urgency(self) -> str:
        """Danger now is red: anything less would hide it."""
        urgency: str = self.cleaned_data["urgency"]
        if self.known.danger == Answer.YES and urgency != Urgency.RED:
            raise ValidationError("You said a child is in danger now. Choose red, or change that answer.")
        return urgency
