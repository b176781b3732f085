"""Day, month and year boxes."""

from collections.abc import Mapping

from earlyhelp.components.controls import describe, text_input
from earlyhelp.components.options import Options

WIDTHS = {"day": 2, "month": 2, "year": 4}


def date_input(p: Options) -> None:
    """Day, month and year boxes. Only the boxes at fault go red; all of them when none is named."""
    fieldset = p["fieldset"]
    p["describedBy"] = fieldset["describedBy"] if fieldset else ""
    describe(p, p["id"])
    if fieldset:
        fieldset["describedBy"] = p["describedBy"]
        fieldset["role"] = "group"
    named = {(p[part] or Options())["name"] or part: part for part in WIDTHS}
    items = [item for item in p["items"] or [] if item]
    if not items:
        shown = [part for part in WIDTHS if p[part] is not False]
        items = [
            Options(p[part] or {"name": part, "classes": f"govuk-input--width-{WIDTHS[part]}"}, part=part)
            for part in shown
        ]
    any_fault = any(has_fault(item) for item in items)
    p["boxes"] = [date_box(p, item, named, any_fault) for item in items]


def part_known_date(p: Options) -> None:
    """Date boxes with an age box and ticks beneath."""
    date_input(p)
    for extra in p["extras"] or []:
        if extra["isText"]:
            text_input(extra)


def has_fault(item: Options) -> bool:
    """Whether this box was named as the wrong one."""
    return bool(item["error"]) or "govuk-input--error" in item["classes"]


def date_box(p: Options, item: Options, named: Mapping[str, str], any_fault: bool) -> Options:
    """One box as the options of an input."""
    part = item["part"] or named.get(item["name"], item["name"] if item["name"] in WIDTHS else "")
    name = item["name"] or part
    full_name = f"{p['namePrefix']}-{name}" if p["namePrefix"] else name
    own = p[part] or Options() if part else Options()
    values = p["values"] or Options()
    value = next((v for v in (item["value"], own["value"], values[part], values[full_name]) if v != ""), "")
    faulty = has_fault(item) or (item["error"] is not False and bool(p["errorMessage"]) and not any_fault)
    classes = ["govuk-date-input__input"]
    classes += ["govuk-input--error"] if faulty and "govuk-input--error" not in item["classes"] else []
    classes += [] if "govuk-input--width-" in item["classes"] else [f"govuk-input--width-{WIDTHS.get(part, 2)}"]
    box = Options(
        label=Options(text=item["label"] or name[:1].upper() + name[1:], classes="govuk-date-input__label"),
        id=item["id"] or f"{p['id']}-{name}",
        classes=" ".join([*classes, item["classes"]]),
        name=full_name,
        value=value,
        inputmode=item["inputmode"] or "numeric",
        autocomplete=item["autocomplete"],
        pattern=item["pattern"],
        attributes=item["attributes"],
    )
    text_input(box)
    return box
