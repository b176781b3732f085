"""The form every form is made from: idempotency key, version, drafts kept as typed, plain messages."""

import datetime
import uuid
from collections.abc import Mapping
from typing import Any, ClassVar

from django import forms
from django.utils.datastructures import MultiValueDict

from sharing_agreements.part_known import PartKnownDate, say
from sharing_agreements.vocabulary import Precision


class KeyField(forms.Field):
    """The idempotency key: sending the same form twice does the thing once. A lost key is replaced, never an error."""

    widget = forms.HiddenInput

    def clean(self, value: Any) -> uuid.UUID:
        """The key that came with the page, or a new one."""
        try:
            return uuid.UUID(str(value))
        except ValueError:
            return uuid.uuid4()


class VersionField(forms.Field):
    """The version of the record this page was made from; what is missing or nonsense counts as too old."""

    widget = forms.HiddenInput

    def clean(self, value: Any) -> int:
        """The number; -1 matches no record."""
        text = str(value or "")
        return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else -1


DASHES = forms.ModelChoiceField(None).empty_label
"""What Django shows where nothing is chosen yet; a screen reader reads out each dash."""


class BaseForm(forms.Form):
    """What every form of the product has: no browser bubbles, an idempotency key, and drafts kept as typed.

    `components` gives a field's component further options: {"age": {"classes": "govuk-input--width-2"}}.
    `typed` shows an earlier `as_typed()` without judging it: an unfinished draft has no errors yet.
    """

    use_required_attribute = False
    marks_optional = True
    components: ClassVar[dict[str, dict[str, Any]]] = {}
    idempotency_key = KeyField(initial=uuid.uuid4, required=False)

    def __init__(self, *args: Any, typed: Mapping[str, list[str]] | None = None, **kwargs: Any) -> None:
        kwargs.setdefault("label_suffix", "")
        super().__init__(*args, **kwargs)
        self.components = dict(self.components)
        self.prepare()
        for field in self.fields.values():
            speak_plainly(field)
        if typed is not None:
            self.show_typed(MultiValueDict(dict(typed)))

    def prepare(self) -> None:
        """Where the questions depend on who asks or what was said: change `fields` here, before a draft is shown."""

    def show_typed(self, typed: MultiValueDict[str, str]) -> None:
        """Put a draft back into the boxes, word for word."""
        self.initial = dict(self.initial)
        for name, field in self.fields.items():
            key = self.add_prefix(name)
            if not field.widget.is_hidden and not field.widget.value_omitted_from_data(typed, {}, key):
                self.initial[name] = field.widget.value_from_datadict(typed, {}, key)

    def as_typed(self) -> dict[str, list[str]]:
        """Everything posted for this form, for keeping as a draft; the key and Django's token stay out."""
        ours = tuple(self.add_prefix(name) for name in self.fields if name not in {"idempotency_key", "version"})
        names = [key for key in self.data if key in ours or key.rpartition("_")[0] in ours]
        return {key: self.data.getlist(key) for key in names}


class VersionedForm(BaseForm):
    """A form that changes a record: it carries the version it was opened with, so a stale save can be told."""

    version = VersionField(required=False)

    def side_by_side(self, saved: Mapping[str, Any]) -> list[dict[str, str]]:
        """Rows for the `versions` component after a stale save: what is stored now against what was typed here.

        `saved` gives the stored value of each field to compare; call it on a valid form.
        """
        return [
            {
                "key": str(self[name].label),
                "saved": in_words(self.fields[name], value),
                "yours": in_words(self.fields[name], self.cleaned_data.get(name)),
            }
            for name, value in saved.items()
        ]


def in_words(field: forms.Field, value: Any) -> str:
    """A field's value as a reader would say it: labels for choices, dates in words."""
    if isinstance(value, list | tuple | set) and not isinstance(value, PartKnownDate):
        return ", ".join(in_words(field, one) for one in value)
    if value is None or value == "":
        return ""
    if isinstance(value, bool):
        return "Yes" if value else "No"
    if isinstance(value, datetime.date) and not isinstance(value, datetime.datetime):
        return say(value, Precision.DAY)
    return choice_labels(field).get(str(value), str(value))


def choice_labels(field: forms.Field) -> dict[str, str]:
    """Label by value, of every choice in every group; empty for a field without choices."""
    choices = getattr(field, "choices", ())
    groups = [said if isinstance(said, list | tuple) else [(value, said)] for value, said in choices]
    return {str(value): str(label) for group in groups for value, label in group}


def speak_plainly(field: forms.Field) -> None:
    """Replace Django's stock words by ones that name the question; a form's own stay."""
    if isinstance(field, forms.ModelChoiceField) and field.empty_label == DASHES:
        field.empty_label = "Choose"
    asked = str(field.label or "")
    name = asked.rstrip("?")
    lower = name if name[1:2].isupper() else name[:1].lower() + name[1:]
    verb = "Select" if isinstance(field, forms.ChoiceField) else "Enter"
    required = f"Answer “{asked}”" if asked.endswith("?") else f"{verb} {lower}"
    if isinstance(field, forms.BooleanField):
        required = f"Tick “{asked}”"
    messages = {
        "required": required,
        "max_length": f"{name} must be %(limit_value)s characters or fewer; you typed %(show_value)s",
        "min_value": f"{name} must be %(limit_value)s or more",
        "max_value": f"{name} must be %(limit_value)s or less",
        "invalid_choice": f"{verb} {lower} from the list",
    }
    if isinstance(field, forms.IntegerField):
        messages["invalid"] = f"{name} must be a whole number"
    if isinstance(field, forms.EmailField):
        messages["invalid"] = f"{name} must look like name@example.org"
    if isinstance(field, forms.TimeField):
        messages["invalid"] = f"{name} must be a time, like 14:20"
    stock = {code: text for kind in reversed(type(field).__mro__) for code, text in stock_messages(kind).items()}
    for code, message in messages.items():
        if field.error_messages.get(code) == stock.get(code):
            field.error_messages[code] = message


def stock_messages(kind: type) -> dict[str, Any]:
    """The messages a field class comes with."""
    return vars(kind).get("default_error_messages", {})
