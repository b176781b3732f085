"""Form fields and base forms that every app shares."""

from sharing_agreements.fields.base import BaseForm, KeyField, VersionedForm, VersionField
from sharing_agreements.fields.dates import (
    DateBoxes,
    DateBoxesField,
    PartKnownDateBoxes,
    PartKnownDateField,
)
from sharing_agreements.fields.readers import Reader, ReaderField

__all__ = [
    "BaseForm",
    "DateBoxes",
    "DateBoxesField",
    "KeyField",
    "PartKnownDateBoxes",
    "PartKnownDateField",
    "Reader",
    "ReaderField",
    "VersionField",
    "VersionedForm",
]
