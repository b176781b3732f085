"""Where a child learns, and who looks after somebody's health."""

from typing import Any

from django import forms
from django.db.models import QuerySet

from cases.queries.pages.places import Stay
from sharing_agreements.fields import BaseForm, DateBoxesField
from sharing_agreements.models import Agency


class PlaceForm(BaseForm):
    """An agency of the partnership, or a name typed where it is none. `from_agency` is the field that offers them."""

    from_agency = ""
    marks_optional = False

    def __init__(self, *args: Any, agencies: QuerySet[Agency], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields[self.from_agency].queryset = agencies

    def clean(self) -> dict[str, Any]:
        """One of the two; the name of an agency is its own."""
        said = super().clean() or self.cleaned_data
        agency = said.get(self.from_agency)
        if agency:
            said["name"] = agency.name
        elif not said.get("name") and not self.errors.keys() & {"name", self.from_agency}:
            self.add_error(self.from_agency, "Choose from the list, or write the name below it")
        return said


class MoveSchoolForm(PlaceForm):
    """A child starts at a school or nursery."""

    from_agency = "school"
    school = forms.ModelChoiceField(
        label="School or nursery", queryset=Agency.objects.none(), required=False, empty_label="Not in this list"
    )
    name = forms.CharField(
        label="If it is not in the list, its name",
        max_length=120,
        required=False,
        help_text="Or: taught at home",
    )
    from_date = DateBoxesField(label="First day there", help_text="May be a day to come")


class RegisterHealthForm(PlaceForm):
    """Who looks after somebody's health."""

    from_agency = "service"
    what = forms.CharField(
        label="What they are", max_length=60, help_text="For example, family doctor, health visitor, midwife"
    )
    service = forms.ModelChoiceField(
        label="Practice or service", queryset=Agency.objects.none(), required=False, empty_label="Not in this list"
    )
    name = forms.CharField(label="If it is not in the list, its name", max_length=120, required=False)
    from_date = DateBoxesField(label="Since when", required=False, help_text="Today when you leave it empty")
    replaces = forms.ChoiceField(label="Does this take the place of somebody?", widget=forms.RadioSelect, initial="no")

    def __init__(self, *args: Any, present: list[Stay], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if present:
            lines = [(str(stay.row), f"{stay.what[:1].upper()}{stay.what[1:]}: {stay.name}") for stay in present]
            self.fields["replaces"].choices = [("no", "No"), *lines]
        else:
            del self.fields["replaces"]
