"""How every Django form looks: fields become components, set once by FORM_RENDERER.

A screen writes `{{ form }}`, `{{ form.field.as_field_group }}` or `{% field form.field %}` and gets the same component.
"""

from collections.abc import Callable, Mapping
from typing import Any

from django import forms
from django.forms.boundfield import BoundField
from django.forms.renderers import TemplatesSetting
from django.utils.html import format_html_join
from django.utils.safestring import SafeString

from earlyhelp import components
from sharing_agreements.fields import DateBoxes, PartKnownDateBoxes

Described = tuple[str, dict[str, Any]]
"""A component's name and its options."""


class ComponentField(BoundField):
    """A bound field that knows which component shows it, and with which options."""

    def __str__(self) -> str:
        return super().__str__() if self.is_hidden else str(self.as_component())

    def as_component(self, **extra: Any) -> SafeString:
        """The field with label, hint and error. `extra` is merged over what form and field say."""
        component, options = self.described()
        return components.render(component, merge(options, extra))

    def described(self) -> Described:
        """Component and options, from the widget and from the form's `components`."""
        component, options = describe_widget(self)
        return component, merge(options, getattr(self.form, "components", {}).get(self.name, {}))

    def first_faulty_id(self) -> str:
        """Where the error summary leads: the first wrong box, else the first box."""
        if isinstance(self.field.widget, DateBoxes):
            return f"{self.auto_id}_{next(iter(self.faulty_parts()), 'day')}"
        return self.auto_id

    def faulty_parts(self) -> list[str]:
        """The boxes that the errors name."""
        found = self.form.errors.as_data().get(self.name, [])
        return [part for error in found for part in (getattr(error, "params", None) or {}).get("parts", [])]

    def question(self) -> str:
        """The label, marked when it need not be answered."""
        optional = getattr(self.form, "marks_optional", False) and not self.field.required
        return f"{self.label} (optional)" if optional else str(self.label)


class ComponentRenderer(TemplatesSetting):
    """Templates come from the project; fields are components."""

    bound_field_class = ComponentField
    form_template_name = "django/forms/form.html"
    field_template_name = "django/forms/field.html"
    formset_template_name = "django/forms/formset.html"


def merge(under: Mapping[str, Any], over: Mapping[str, Any]) -> dict[str, Any]:
    """`over` laid on `under`, dict by dict; `items` given by value changes items one by one."""
    merged = dict(under)
    for key, value in over.items():
        if key == "items" and isinstance(value, Mapping):
            merged["items"] = [item for old in under.get("items", []) for item in change_item(old, value)]
        elif isinstance(value, Mapping) and isinstance(merged.get(key), Mapping):
            merged[key] = merge(merged[key], value)
        else:
            merged[key] = value
    return merged


def change_item(item: Mapping[str, Any], changes: Mapping[Any, Mapping[str, Any]]) -> list[dict[str, Any]]:
    """One choice with its extra options; `before: "or"` puts a divider in front."""
    change = dict(changes.get(item["value"], {}))
    divider = change.pop("before", None)
    return [*([{"divider": divider}] if divider else []), merge(item, change)]


def describe_widget(field: BoundField) -> Described:
    """The component of a widget. CheckboxSelectMultiple is a subclass of RadioSelect, so it is asked for first."""
    for widget, describe in DESCRIBERS:
        if isinstance(field.field.widget, widget):
            return describe(field)
    return describe_input(field)


def shared(field: BoundField) -> dict[str, Any]:
    """What every component has: hint and error."""
    options: dict[str, Any] = {}
    if field.help_text:
        options["hint"] = {"text": field.help_text}
    if field.errors:
        options["errorMessage"] = {"html": format_html_join(BREAK, "{}", ((error,) for error in field.errors))}
    return options


BREAK = SafeString("<br>")


def labelled(field: BoundField) -> dict[str, Any]:
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
    return options | {key: setting for key, setting in named.items() if key not in DROPPED}


NOT_ATTRIBUTES = {"class", "autocomplete", "spellcheck", "inputmode", "rows", "cols", "maxlength", "minlength"}
DROPPED = {"cols", "maxlength", "minlength"}


def grouped(field: BoundField) -> dict[str, Any]:
    """A component with several boxes under one question."""
    legend = {"text": field.question(), "classes": "govuk-fieldset__legend--s"}
    return shared(field) | {"fieldset": {"legend": legend}}


def describe_input(field: BoundField) -> Described:
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


def describe_textarea(field: BoundField) -> Described:
    """A large box; with a limit it counts down, and only near the end."""
    options = labelled(field)
    if options.get("rows") == forms.Textarea().attrs["rows"]:
        del options["rows"]  # Django's ten lines; ours are five unless the form says
    limit = getattr(field.field, "max_length", None)
    if limit is None:
        return "textarea", options
    return "character-count", {"maxlength": limit, "threshold": 75} | options


def describe_password(field: BoundField) -> Described:
    """A password is never printed back."""
    return "password-input", labelled(field) | {"value": ""}


def describe_file(field: BoundField) -> Described:
    """A file chooser."""
    multiple = getattr(field.field.widget, "allow_multiple_selected", False)
    return "file-upload", labelled(field) | {"value": "", "multiple": multiple}


def items(field: BoundField) -> list[dict[str, Any]]:
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


def describe_radios(field: BoundField) -> Described:
    """One of several. The blank choice Django adds is left out: nothing chosen says the same."""
    shown = [item for item in items(field) if item["value"] != ""]
    return "radios", grouped(field) | {"name": field.html_name, "idPrefix": field.auto_id, "items": shown}


def describe_checkboxes(field: BoundField) -> Described:
    """Any of several."""
    return "checkboxes", grouped(field) | {"name": field.html_name, "idPrefix": field.auto_id, "items": items(field)}


def describe_tick(field: BoundField) -> Described:
    """A single box to tick; its label is the whole question."""
    tick = {"value": "on", "text": str(field.label), "checked": bool(field.value())}
    return "checkboxes", shared(field) | {"name": field.html_name, "idPrefix": field.auto_id, "items": [tick]}


def describe_select(field: BoundField) -> Described:
    """One of very many."""
    options = [{"value": i["value"], "text": i["text"], "selected": i["checked"]} for i in items(field)]
    described = labelled(field) | {"items": options, "value": ""}
    if getattr(field.field.widget, "allow_multiple_selected", False):
        described["attributes"] |= {"multiple": {"value": True, "optional": True}}
    return "select", described


def describe_date(field: BoundField) -> Described:
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
            "classes": f"govuk-input--width-{components.WIDTHS[part]}",
        }
        for part in widget.parts
    ]
    return "date-input", grouped(field) | {"id": field.auto_id, "items": boxes}


def describe_part_known_date(field: BoundField) -> Described:
    """Date boxes, with what else may be said beneath."""
    _, options = describe_date(field)
    widget = field.field.widget
    typed, faulty = widget.typed(field.value()), field.faulty_parts()
    options["extras"] = [describe_extra(field, name, typed.get(name, ""), name in faulty) for name in widget.extras]
    return "part-known-date", options


EXTRAS = {"age": "Or age in years", "due": "Not born yet: this is the due date", "unknown": "Not known"}


def describe_extra(field: BoundField, name: str, value: str, faulty: bool) -> dict[str, Any]:
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
