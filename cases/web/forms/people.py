"""Fields that offer the people of one family, and forms about those people."""

from typing import Any
from uuid import UUID

from django import forms

from cases.queries.pages.family_top import FamilyTop
from cases.vocabulary import ContactWay, CourtOrder, FamilyPart, RelationshipType
from sharing_agreements.fields import BaseForm, DateBoxesField, PartKnownDateField, VersionedForm


class FamilyForm(BaseForm):
    """A form about people of one family. `offered` names them; fields called `people` or `person` offer them.

    `too_few` says that nobody could answer it: the reader may see fewer people than it asks for.
    """

    def __init__(self, *args: Any, top: FamilyTop, offered: list[UUID] | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        people = top.people if offered is None else offered
        choices = [(str(person), top.known[person].name_and_age) for person in people]
        for name in {"people", "person", "to_person"} & self.fields.keys():
            self.fields[name].choices = choices
            if len(choices) == 1:
                self.fields[name].initial = [choices[0][0]] if name == "people" else choices[0][0]
        asked = [
            name for name in ("people", "person", "to_person") if name in self.fields and self.fields[name].required
        ]
        self.too_few = len(choices) < (2 if "to_person" in asked else len(asked[:1]))


def people_field(label: str, **more: Any) -> forms.TypedMultipleChoiceField:
    """Tick the people this is about; cleans to their ids."""
    return forms.TypedMultipleChoiceField(label=label, coerce=UUID, widget=forms.CheckboxSelectMultiple, **more)


def person_field(label: str, **more: Any) -> forms.TypedChoiceField:
    """Pick one person; cleans to their id."""
    return forms.TypedChoiceField(label=label, coerce=UUID, empty_value=None, widget=forms.RadioSelect, **more)


class AddSafeContactForm(FamilyForm):
    """A safe way to reach somebody."""

    person = person_field("Whom does it reach?")
    way = forms.TypedChoiceField(
        label="Safe way", choices=ContactWay.choices, coerce=ContactWay, widget=forms.RadioSelect
    )
    detail = forms.CharField(label="Number, address or person", max_length=160)
    safe_times = forms.CharField(
        label="When it is safe",
        max_length=160,
        required=False,
        help_text="For example, weekdays before 3 in the afternoon",
    )


class ChangeSafeContactForm(VersionedForm):
    """A way to reach somebody that changed, or is safe no longer."""

    way = forms.TypedChoiceField(
        label="Safe way", choices=ContactWay.choices, coerce=ContactWay, widget=forms.RadioSelect
    )
    detail = forms.CharField(label="Number, address or person", max_length=160)
    safe_times = forms.CharField(label="When it is safe", max_length=160, required=False)
    still_safe = forms.TypedChoiceField(
        label="Is it still safe?",
        choices=[("yes", "Yes"), ("no", "No: do not use it any more")],
        coerce=lambda said: said == "yes",
        initial="yes",
        widget=forms.RadioSelect,
    )


class AddRelationshipForm(FamilyForm):
    """What one person is to another."""

    person = person_field("Who")
    tie = forms.TypedChoiceField(
        label="What they are to the other", choices=RelationshipType.choices, coerce=RelationshipType
    )
    to_person = person_field("To whom")
    parental_responsibility = forms.TypedChoiceField(
        label="Parental responsibility",
        choices=[("yes", "Yes"), ("no", "No"), ("unknown", "Not known")],
        coerce={"yes": True, "no": False, "unknown": None}.get,
        empty_value=None,
        initial="unknown",
        widget=forms.RadioSelect,
    )
    main_carer = forms.BooleanField(label="Main carer", required=False)
    court_order = forms.TypedChoiceField(
        label="Court order", choices=CourtOrder.choices, coerce=CourtOrder, initial=CourtOrder.NONE
    )
    order_made_on = DateBoxesField(label="Date the order was made", past=True, required=False)

    def clean(self) -> dict[str, Any]:
        """Two different people, and a date where there is an order."""
        said = super().clean() or self.cleaned_data
        if said.get("person") and said.get("person") == said.get("to_person"):
            self.add_error("to_person", "Choose somebody else: nobody is related to themselves")
        if said.get("court_order") not in {None, CourtOrder.NONE} and not said.get("order_made_on"):
            if "order_made_on" not in self.errors:
                self.add_error("order_made_on", "Enter the date the order was made")
        return said


class AddMemberForm(BaseForm):
    """Somebody who belongs to the family and is not in it yet."""

    given_name = forms.CharField(label="Given name", max_length=80)
    family_name = forms.CharField(label="Family name", max_length=80, required=False)
    born = PartKnownDateField(label="Date of birth", age=True, due=True)
    part = forms.TypedChoiceField(
        label="What they are in the family", choices=FamilyPart.choices, coerce=FamilyPart, widget=forms.RadioSelect
    )
    language = forms.CharField(label="Language", max_length=60, required=False)
    interpreter = forms.BooleanField(label="Needs an interpreter", required=False)


class AddHouseholdForm(FamilyForm):
    """Who lives together."""

    name = forms.CharField(label="Name of the home", max_length=80, help_text="For example, Kate's home")
    people = people_field("Who lives there?")
    from_date = DateBoxesField(label="Since when", past=True, required=False)


class KeepApartForm(FamilyForm):
    """Two people who must not be brought together."""

    person = person_field("Who")
    to_person = person_field("Kept apart from whom")
    reason = forms.CharField(label="Why", max_length=300, widget=forms.Textarea)
    review_on = DateBoxesField(label="Look at it again by", future=True)

    def clean(self) -> dict[str, Any]:
        """Two different people."""
        said = super().clean() or self.cleaned_data
        if said.get("person") and said.get("person") == said.get("to_person"):
            self.add_error("to_person", "Choose somebody else")
        return said


class MarkNotSafeForm(FamilyForm):
    """Somebody to whom nothing may be sent or said."""

    person = person_field("Who must not be told?")
    reason = forms.CharField(label="Why", max_length=300, widget=forms.Textarea)
    review_on = DateBoxesField(label="Look at it again by", future=True)


class AddStaffSafetyNoteForm(FamilyForm):
    """What a practitioner must know before a visit."""

    people = people_field("Whom it is about")
    what = forms.CharField(
        label="What must somebody know before a visit?",
        max_length=300,
        widget=forms.Textarea,
        help_text="Facts, and what to do. Everybody who works with the family reads this.",
    )
    review_on = DateBoxesField(label="Look at it again by", future=True, help_text="At most 12 months from now")
