"""How every Django form looks: fields become components, set once by FORM_RENDERER.

A screen writes `{{ form }}`, `{{ form.field.as_field_group }}` or `{% field form.field %}` and gets the same component.
"""

from collections.abc import Mapping
from typing import Any

from django.forms.boundfield import BoundField
from django.forms.renderers import TemplatesSetting
from django.utils.safestring import SafeString

from earlyhelp import components
from earlyhelp.components.widgets import Described, describe_widget
from sharing_agreements.fields import DateBoxes


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
    change = dict({str(value): extra for value, extra in changes.items()}.get(item["value"], {}))
    divider = change.pop("before", None)
    return [*([{"divider": divider}] if divider else []), merge(item, change)]
