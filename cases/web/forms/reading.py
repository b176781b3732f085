"""Filters of lists. What is not on offer filters nothing."""

from uuid import UUID

from django import forms

from cases.queries.pages.family_top import FamilyTop
from cases.vocabulary import CaseState
from sharing_agreements.fields import BaseForm
from sharing_agreements.vocabulary import Kind

ALL = [("", "All")]


class FilterForm(BaseForm):
    """A form sent by GET that is never wrong: a value it does not offer is no filter."""

    marks_optional = False
    idempotency_key = None  # type: ignore[assignment]

    def chosen(self, name: str) -> str:
        """The value picked, or "" when none on offer was."""
        self.is_valid()
        return self.cleaned_data.get(name, "")


class FilterCaseloadForm(FilterForm):
    """Which families to list."""

    state = forms.ChoiceField(label="Where the help stands", choices=ALL + CaseState.choices, required=False)


class FilterChronologyForm(FilterForm):
    """Whose history, and which kind of record."""

    person = forms.ChoiceField(label="Person", required=False)
    kind = forms.ChoiceField(label="Kind of record", required=False)

    def __init__(self, *args: object, top: FamilyTop, kinds: list[int], **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.fields["person"].choices = ALL + [(str(person), top.known[person].name_and_age) for person in top.people]
        self.fields["kind"].choices = ALL + [(str(kind), Kind(kind).label) for kind in kinds]

    @property
    def person_chosen(self) -> UUID | None:
        """The person picked."""
        return UUID(self.chosen("person")) if self.chosen("person") else None

    @property
    def kind_chosen(self) -> int | None:
        """The kind picked."""
        return int(self.chosen("kind")) if self.chosen("kind") else None
