"""Who may read a record that its owner shares: an agency, or one person where nobody receives for the agency."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django import forms

from sharing_agreements.models import Agency, Practitioner


@dataclass(frozen=True)
class Reader:
    """An agency where somebody receives, or one practitioner of an agency where nobody does; `part`: their post."""

    agency: Agency
    practitioner: Practitioner | None = None
    part: str = ""

    @property
    def key(self) -> str:
        """What a form sends for this reader."""
        return f"{self.agency.pk}:{self.practitioner.pk}" if self.practitioner else str(self.agency.pk)

    @property
    def name(self) -> str:
        """'Marlbeck Homes', or 'Kite Family Support: Kim Osei, Family support worker'."""
        return f"{self.agency.name}: {self.practitioner.name}, {self.part}" if self.practitioner else self.agency.name

    @property
    def subject(self) -> str:
        """As the subject of a sentence: 'Marlbeck Homes', or 'Kim Osei of Kite Family Support'."""
        return f"{self.practitioner.name} of {self.agency.name}" if self.practitioner else self.agency.name


class ReaderField(forms.ChoiceField):
    """One of the readers that the form was given with `offer`; its value is that Reader."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(
            label="Who may read it?",
            help_text="An agency's managers and coordinators read for it. Where it has none, choose the person.",
            error_messages={"required": "Choose who may read it"},
            **kwargs,
        )
        self.readers: dict[str, Reader] = {}

    def offer(self, readers: Iterable[Reader]) -> None:
        """Let the form choose among these."""
        self.readers = {one.key: one for one in readers}
        self.choices = [("", "Choose who"), *((key, one.name) for key, one in self.readers.items())]

    def only_one_at(self, agency: UUID) -> str:
        """What the form sends for the only reader at an agency; empty where there is none, or several to choose."""
        found = [key for key, one in self.readers.items() if one.agency.pk == agency]
        return found[0] if len(found) == 1 else ""

    def clean(self, value: Any) -> Reader:
        """The reader chosen."""
        return self.readers[super().clean(value)]
