"""Which component shows which Django widget, and with which options."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.html import format_html_join
from django.utils.safestring import SafeString

from earlyhelp.components.dates import WIDTHS
from sharing_agreements.fields import DateBoxes, PartKnownDateBoxes

if TYPE_CHECKING:
    from earlyhelp.forms import ComponentField

Described = tuple[str, dict[str, Any]]
"""A component's name and its options."""


def describe_widget(field: "ComponentField") -> Described:
    """The component of a widget. CheckboxSelectMultiple is a subclass of RadioSelect, so it is asked for first."""
    for widget, describe in DESCRIBERS:
        if isinstance(field.field.widget, widget):
            return describe(field)
    return describe_input(field)


def shared(field: "ComponentField") -> dict[str, Any]:
    """What every component has: hint and error."""
    options: dict[str, Any] = {}
    if field.help_text:
        options["hint"] = {"text": field.help_text}
    if field.errors:
        options["errorMessage"] = {"html": format_html_join(BREAK, "{}", ((error,) for error in field.errors))}
    return options


BREAK = SafeString("<br>")


def labelled(field: "ComponentField") -> dict[str, Any]:
    """A component with one box."""
    value = field.value()
    attributes = {name: setting for name, setting in field.field.widget.attrs.items() if name not in NOT_ATTRIBUTES}
    options = shared(field) | {
        "id": field.auto_id,
        "name": field.html_name,
        "label": {"text": field.question(), "classes": "govuk-!-font-weight-bold"},
        "value": "" if value is None else value,
        "attributes": {name: {"value": setting, "optional": True} for name, setting in attributes.items()},
    }
    named = {key: field.field.widget.attrs[key] for key in NOT_ATTRIBUTES & field.field.widget.attrs.keys()}
    if "class" in named:
        named["classes"] = named.pop("class")
    if field.field.disabled:
        options["disabled"] = True
    return options | {key: setting for key, setting in named.items() if key not in DROPPED}


NOT_ATTRIBUTES = {"class", "autocomplete", "spellcheck", "inputmode", "rows", "cols", "maxlength", "minlength"}
DROPPED = {"cols", "maxlength", "minlength"}


def grouped(field: "ComponentField") -> dict[str, Any]:
    """A component with several boxes under one question."""
    legend = {"text": field.question(), "classes": "govuk-fieldset__legend--s"}
    return shared(field) | {"fieldset": {"legend": legend}}


def describe_input(field: "ComponentField") -> Described:
    """Any single-line box. Numbers are typed as text: browsers round, scroll and drop in number boxes."""
    options = labelled(field)
    kind = getattr(field.field.widget, "input_type", "text")
    if kind == "number":
        whole = isinstance(field.field, forms.IntegerField) and not isinstance(
            field.field, forms.FloatField | forms.DecimalField
        )
        return "input", {"inputmode": "numeric" if whole else "decimal", "spellcheck": False} | options
    if kind == "email":
        return "input", {"type": "email", "autocomplete": "email", "spellcheck": False} | options
    formatted = field.field.widget.format_value(options["value"])
    options["value"] = "" if formatted is None else formatted
    return "input", {"type": kind if kind in {"tel", "url", "search"} else "text"} | options


def describe_textarea(field: "ComponentField") -> Described:
    """A large box; with a limit it counts down, and only near the end."""
    options = labelled(field)
    if options.get("rows") == forms.Textarea().attrs["rows"]:
        del options["rows"]  # Django's ten lines; ours are five unless the form says
    limit = getattr(field.field, "max_length", None)
    if limit is None:
        return "textarea", options
    return "character-count", {"maxlength": limit, "threshold": 75} | options


def describe_password(field: "ComponentField") -> Described:
    """A password is never printed back."""
    return "password-input", labelled(field) | {"value": ""}


def describe_file(field: "ComponentField") -> Described:
    """A file chooser."""
    multiple = getattr(field.field.widget, "allow_multiple_selected", False)
    return "file-upload", labelled(field) | {"value": "", "multiple": multiple}


def items(field: "ComponentField") -> list[dict[str, Any]]:
    """Choices in order, groups flattened, chosen ones marked."""
    flat: list[dict[str, Any]] = []
    value = field.value()
    chosen = {str(one) for one in (value if isinstance(value, list | tuple | set) else [value]) if one is not None}
    for key, said in field.field.widget.choices:
        group = said if isinstance(said, list | tuple) else [(key, said)]
        flat += [
            {"value": str("" if k is None else k), "text": t, "checked": str("" if k is None else k) in chosen}
            for k, t in group
        ]
    return flat


def describe_radios(field: "ComponentField") -> Described:
    """One of several. The blank choice Django adds is left out: nothing chosen says the same."""
    shown = [item for item in items(field) if item["value"] != ""]
    return "radios", grouped(field) | {"name": field.html_name, "idPrefix": field.auto_id, "items": shown}


def describe_checkboxes(field: "ComponentField") -> Described:
    """Any of several."""
    return "checkboxes", grouped(field) | {"name": field.html_name, "idPrefix": field.auto_id, "items": items(field)}


def describe_tick(field: "ComponentField") -> Described:
    """A single box to tick; its label is the whole question."""
    tick = {"value": "on", "text": str(field.label), "checked": bool(field.value())}
    return "checkboxes", shared(field) | {"name": field.html_name, "idPrefix": field.auto_id, "items": [tick]}


def describe_select(field: "ComponentField") -> Described:
    """One of very many."""
    options = [{"value": i["value"], "text": i["text"], "selected": i["checked"]} for i in items(field)]
    described = labelled(field) | {"items": options, "value": ""}
    if getattr(field.field.widget, "allow_multiple_selected", False):
        described["attributes"] |= {"multiple": {"value": True, "optional": True}}
    return "select", described


def describe_date(field: "ComponentField") -> Described:
    """Three boxes; only those at fault are red."""
    widget = field.field.widget
    typed, faulty = widget.typed(field.value()), field.faulty_parts()
    boxes = [
        {
            "part": part,
            "name": f"{field.html_name}_{part}",
            "label": part.capitalize(),
            "id": f"{field.auto_id}_{part}",
            "value": typed.get(part, ""),
            "error": part in faulty,
            "classes": f"govuk-input--width-{WIDTHS[part]}",
        }
        for part in widget.parts
    ]
    return "date-input", grouped(field) | {"id": field.auto_id, "items": boxes}


def describe_part_known_date(field: "ComponentField") -> Described:
    """Date boxes, with what else may be said beneath."""
    _, options = describe_date(field)
    widget = field.field.widget
    typed, faulty = widget.typed(field.value()), field.faulty_parts()
    options["extras"] = [describe_extra(field, name, typed.get(name, ""), name in faulty) for name in widget.extras]
    return "part-known-date", options


EXTRAS = {"age": "Or age in years", "due": "Not born yet: this is the due date", "unknown": "Not known"}


def describe_extra(field: "ComponentField", name: str, value: str, faulty: bool) -> dict[str, Any]:
    """The age box, or a tick."""
    key = {"id": f"{field.auto_id}_{name}", "name": f"{field.html_name}_{name}", "isText": name == "age"}
    if key["isText"]:
        red = " govuk-input--error" if faulty else ""
        look = {"classes": f"govuk-input--width-2{red}", "inputmode": "numeric"}
        return key | look | {"label": {"text": EXTRAS[name]}, "value": value}
    label = {"text": EXTRAS[name], "for": key["id"], "classes": "govuk-checkboxes__label"}
    return key | {"label": label, "checked": bool(value)}


DESCRIBERS: tuple[tuple[type[forms.Widget], Callable[[Any], Described]], ...] = (
    (PartKnownDateBoxes, describe_part_known_date),
    (DateBoxes, describe_date),
    (forms.CheckboxSelectMultiple, describe_checkboxes),
    (forms.RadioSelect, describe_radios),
    (forms.CheckboxInput, describe_tick),
    (forms.Select, describe_select),
    (forms.Textarea, describe_textarea),
    (forms.PasswordInput, describe_password),
    (forms.FileInput, describe_file),
)
