"""A Django field comes out as the component upstream's fixture describes: the form layer, widget by widget.

Look that is ours by decision (bold labels, error markup) is set here as the fixture has it.
"""

import pytest
from django import forms
from django.utils.datastructures import MultiValueDict

from sharing_agreements.fields import DateBoxesField
from tests.interface.canonical import tokens
from tests.interface.test_components_match_upstream import FIXTURES

PLAIN = {"label": {"classes": ""}}


def upstream(component: str, name: str) -> dict:
    """One fixture."""
    return next(fixture for fixture in FIXTURES[component] if fixture["name"] == name)


def assert_same(fixture: dict, field: forms.Field, *, name: str, key: str, look: dict, data: object = None) -> None:
    """Compare a one-field form with the fixture."""
    keyed = {"idPrefix" if "fieldset" in look else "id": key}
    form_class = type("OneField", (forms.Form,), {name: field, "components": {name: keyed | look}})
    form = form_class(data)
    assert tokens(form[name].as_field_group()) == tokens(fixture["html"])


def failing(message: str):
    """A validator that refuses everything."""

    def refuse(value: object) -> None:
        raise forms.ValidationError(message)

    return refuse


def test_a_text_field_is_an_input() -> None:
    fixture = upstream("input", "with hint text")
    options = fixture["options"]
    field = forms.CharField(label=options["label"]["text"], help_text=options["hint"]["text"])
    assert_same(fixture, field, name=options["name"], key=options["id"], look=PLAIN)


def test_a_text_field_with_an_error_says_so_beside_the_box() -> None:
    fixture = upstream("input", "with error message")
    options = fixture["options"]
    field = forms.CharField(label=options["label"]["text"], validators=[failing(options["errorMessage"]["text"])])
    typed = {options["name"]: "x"}
    assert_same(fixture, field, name=options["name"], key=options["id"], look=PLAIN | {"value": ""}, data=typed)


def test_a_text_area_keeps_what_was_typed() -> None:
    fixture = upstream("textarea", "with default value")
    options = fixture["options"]
    field = forms.CharField(label=options["label"]["text"], widget=forms.Textarea, initial=options["value"])
    assert_same(fixture, field, name=options["name"], key=options["id"], look=PLAIN)


def test_a_limited_text_area_counts() -> None:
    fixture = upstream("character-count", "default")
    options = fixture["options"]
    field = forms.CharField(label=options["label"]["text"], widget=forms.Textarea, max_length=options["maxlength"])
    look = PLAIN | {"threshold": None}
    assert_same(fixture, field, name=options["name"], key=options.get("id", options["name"]), look=look)


def test_one_of_several_is_radios() -> None:
    fixture = upstream("radios", "with hint")
    options = fixture["options"]
    choices = [(item["value"], item["text"]) for item in options["items"]]
    field = forms.ChoiceField(
        label=options["fieldset"]["legend"]["text"],
        help_text=options.get("hint", {}).get("text", ""),
        choices=choices,
        widget=forms.RadioSelect,
        initial=next((item["value"] for item in options["items"] if item.get("checked")), None),
    )
    prefix = options.get("idPrefix", options["name"])
    look = {"fieldset": {"legend": {"classes": ""}}}
    assert_same(fixture, field, name=options["name"], key=prefix, look=look)


def test_any_of_several_is_check_boxes_and_not_radios() -> None:
    fixture = upstream("checkboxes", "with legend as a page heading")
    options = fixture["options"]
    field = forms.MultipleChoiceField(
        label=options["fieldset"]["legend"]["text"],
        help_text=options.get("hint", {}).get("text", ""),
        choices=[(item["value"], item["text"]) for item in options["items"]],
        widget=forms.CheckboxSelectMultiple,
    )
    look = {"fieldset": options["fieldset"]}
    assert_same(fixture, field, name=options["name"], key=options.get("idPrefix", options["name"]), look=look)


def test_one_of_many_is_a_drop_down() -> None:
    fixture = upstream("select", "with selected value")
    options = fixture["options"]
    field = forms.ChoiceField(
        label=options["label"]["text"],
        choices=[(item["value"], item["text"]) for item in options["items"]],
        initial=options["value"],
    )
    look = PLAIN | {"items": {item["value"]: {"disabled": True} for item in options["items"] if item.get("disabled")}}
    assert_same(fixture, field, name=options["name"], key=options["id"], look=look)


def test_a_date_is_three_boxes_and_only_the_wrong_one_is_red() -> None:
    form_class = type("OneField", (forms.Form,), {"dob": DateBoxesField(label="Date of birth")})
    form = form_class({"dob_day": "5", "dob_month": "bp", "dob_year": "2016"})
    page = tokens(form["dob"].as_field_group())
    boxes = [dict(token[1]) for token in page if isinstance(token, tuple) and token[0] == "input"]
    assert [box["name"] for box in boxes] == ["dob_day", "dob_month", "dob_year"]
    assert ["govuk-input--error" in box["class"] for box in boxes] == [False, True, False]
    fieldset = next(dict(token[1]) for token in page if isinstance(token, tuple) and token[0] == "fieldset")
    assert fieldset["role"] == "group"
    assert fieldset["aria-describedby"] == "id_dob-error"


def test_a_password_is_never_printed_back() -> None:
    form_class = type("OneField", (forms.Form,), {"secret": forms.CharField(widget=forms.PasswordInput)})
    assert "hunter2" not in str(form_class({"secret": "hunter2"}))


def test_several_chosen_boxes_stay_chosen() -> None:
    field = forms.MultipleChoiceField(choices=[("a", "A"), ("b", "B"), ("c", "C")], widget=forms.CheckboxSelectMultiple)
    form_class = type("OneField", (forms.Form,), {"kinds": field})
    page = str(form_class(MultiValueDict({"kinds": ["a", "c"]})))
    assert page.count('type="checkbox"') == 3
    assert page.count(" checked") == 2


@pytest.mark.parametrize("typed", ["1.5", "twelve", "", "12<"])
def test_a_number_is_a_text_box_that_keeps_nonsense(typed: str) -> None:
    form_class = type("OneField", (forms.Form,), {"age": forms.IntegerField()})
    page = str(form_class({"age": typed}))
    assert 'type="text"' in page and 'inputmode="numeric"' in page
    assert typed.replace("<", "&lt;") in page
