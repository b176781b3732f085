"""The interface components: turns upstream's macro options into what the templates in templates/components print.

Options keep the names that GOV.UK Frontend gives them (classes, errorMessage, fieldset.legend.text), so its published
guidance is our manual. Two differences: `html` is escaped unless it is already safe, and a missing option reads as
nothing instead of raising.
"""

from collections.abc import Callable, Mapping
from typing import Any

from django.template.loader import get_template
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString


class Options(dict[str, Any]):
    """Options of one component. Missing keys read as "", so that `options.items` never reaches dict.items.

    Templates look up keys before attributes, hence `content` (the `html` option, else the `text` option) is a key too.
    """

    def __missing__(self, key: str) -> Any:
        return self.content if key == "content" else ""

    @property
    def content(self) -> Any:
        """The `html` option, else the `text` option."""
        return self["html"] or self["text"]


def wrap(value: Any) -> Any:
    """Options all the way down; a null is the same as missing."""
    if isinstance(value, Mapping):
        return Options({key: wrap(inner) for key, inner in value.items() if inner is not None})
    if isinstance(value, list | tuple):
        return [wrap(inner) for inner in value]
    return value


def render(component: str, options: Mapping[str, Any]) -> SafeString:
    """The HTML of one component. Raises TemplateDoesNotExist for a component we do not have."""
    wrapped = wrap(options)
    PREPARE.get(component, unchanged)(wrapped)
    return get_template(f"components/{component}.html").template.render(new_context(wrapped))


def new_context(options: Options) -> Any:
    """A fresh template context that holds only the options, as `p`."""
    from django.template import Context

    return Context({"p": options})


def attributes(extra: Any) -> SafeString:
    """` name="value"` pairs from a dict; a value may be {"value": ..., "optional": True} and then False drops it."""
    pairs = []
    for name, item in (extra or {}).items():
        optional = isinstance(item, Mapping) and bool(item.get("optional"))
        value = item.get("value", "") if isinstance(item, Mapping) else item
        if optional and value is True:
            pairs.append(format_html(" {}", name))
        elif not optional or value not in ("", None, False):
            pairs.append(format_html(' {}="{}"', name, value))
    return format_html_join("", "{}", ((pair,) for pair in pairs))


def unchanged(p: Options) -> None:
    """Most components print their options as they come."""


def describe(p: Options, key: str) -> None:
    """Give hint and error their ids from `key`, and list them in describedBy: what came first, hint, error."""
    described = [p["describedBy"]] if p["describedBy"] else []
    for part, ending in (("hint", "hint"), ("errorMessage", "error")):
        if p[part]:
            p[part]["id"] = f"{key}-{ending}"
            described.append(p[part]["id"])
    if p["errorMessage"]:
        error_message(p["errorMessage"])
    p["describedBy"] = " ".join(described)


def labelled(p: Options) -> None:
    """A control with one label: id falls back on name."""
    p["id"] = p["id"] or p["name"]
    p["label"] = Options(p["label"] or {}, **{"for": p["id"]})
    describe(p, p["id"])


def text_input(p: Options) -> None:
    """Input: a wrapper appears only when something stands beside the box."""
    labelled(p)
    group = p["formGroup"] or Options()
    beside = (p["prefix"], p["suffix"], group["beforeInput"], group["afterInput"])
    p["wrapped"] = any(part and part.content for part in beside)


def textarea(p: Options) -> None:
    """Text area: five rows unless told otherwise."""
    labelled(p)
    p["rows"] = p["rows"] or 5


def character_count(p: Options) -> None:
    """A text area that counts what is left; without script the limit is still said."""
    key = p["id"] or p["name"]
    limit = p["maxwords"] or p["maxlength"]
    count_type = p["countType"] or ("words" if p["maxwords"] else "")
    unit = "words" if count_type == "words" else "characters"
    said = p["textareaDescriptionText"] or f"You can enter up to %{{count}} {unit}"
    group = p["formGroup"] or Options()
    data: dict[str, Any] = {"data-module": "govuk-character-count"}
    for name, option in (("maxlength", "maxlength"), ("maxwords", "maxwords"), ("threshold", "threshold")):
        if p[option] != "":
            data[f"data-{name}"] = p[option]
    if count_type:
        data["data-count-type"] = count_type
    if not limit and p["textareaDescriptionText"]:
        data["data-i18n.textarea-description.other"] = p["textareaDescriptionText"]
    data |= translations(p, COUNT_MESSAGES)
    p["count"] = Options(
        id=f"{key}-info",
        text=said.replace("%{count}", str(limit)) if limit else "",
        classes=f"govuk-character-count__message {(p['countMessage'] or Options())['classes']}",
    )
    p["describedBy"] = f"{key}-info"
    p["classes"] = f"govuk-js-character-count {p['classes']}"
    group["classes"] = f"govuk-character-count {group['classes']}"
    group["attributes"] = data | dict(group["attributes"] or {})
    p["formGroup"] = group
    textarea(p)


COUNT_MESSAGES = (
    "charactersUnderLimit",
    "charactersAtLimit",
    "charactersOverLimit",
    "wordsUnderLimit",
    "wordsAtLimit",
    "wordsOverLimit",
)
PASSWORD_MESSAGES = (
    "showPassword",
    "hidePassword",
    "showPasswordAriaLabel",
    "hidePasswordAriaLabel",
    "passwordShownAnnouncement",
    "passwordHiddenAnnouncement",
)
FILE_MESSAGES = (
    "chooseFilesButton",
    "noFileChosen",
    "multipleFilesChosen",
    "dropInstruction",
    "enteredDropZone",
    "leftDropZone",
)


def translations(p: Options, names: tuple[str, ...]) -> dict[str, str]:
    """data-i18n attributes for the messages a component's script says; several plurals give several attributes."""
    found: dict[str, str] = {}
    for name in names:
        said = p[f"{name}Text"]
        key = "data-i18n." + "".join(f"-{letter.lower()}" if letter.isupper() else letter for letter in name)
        if isinstance(said, Mapping):
            found |= {f"{key}.{plural}": message for plural, message in said.items()}
        elif said:
            found[key] = said
    return found


def password_input(p: Options) -> None:
    """An input with a Show button that appears when script runs."""
    group = p["formGroup"] or Options()
    data = {"data-module": "govuk-password-input"} | translations(p, PASSWORD_MESSAGES)
    p["type"], p["spellcheck"], p["autocapitalize"] = "password", False, "none"
    p["autocomplete"] = p["autocomplete"] or "current-password"
    p["classes"] = f"govuk-password-input__input govuk-js-password-input-input {p['classes']}"
    group["classes"] = f"govuk-password-input {group['classes']}"
    group["attributes"] = data | dict(group["attributes"] or {})
    p["formGroup"] = group
    p["inputWrapper"] = Options(classes="govuk-password-input__wrapper")
    text_input(p)
    p["wrapped"] = True
    p["toggle"] = Options(
        type="button",
        classes="govuk-button--secondary govuk-password-input__toggle govuk-js-password-input-toggle "
        + (p["button"] or Options())["classes"],
        text=p["showPasswordText"] or "Show",
        attributes={
            "aria-controls": p["id"],
            "aria-label": p["showPasswordAriaLabelText"] or "Show password",
            "hidden": {"value": True, "optional": True},
        },
    )


def file_upload(p: Options) -> None:
    """A file chooser, with a drop zone when `javascript` is set."""
    labelled(p)
    p["messages"] = translations(p, FILE_MESSAGES)


def select(p: Options) -> None:
    """A drop-down: an option is chosen by its own `selected`, else by the value of the whole."""
    labelled(p)
    p["items"] = [item for item in p["items"] or [] if item]
    for item in p["items"]:
        item["hasValue"] = "value" in item
        own = item.get("value", item["text"])
        if isinstance(own, bool):
            item["value"] = str(own).lower()
        item["selected"] = item["selected"] or bool(p["value"]) and own == p["value"] and item["selected"] is not False


def choices(p: Options) -> None:
    """Radios and check boxes: ids without a number for the first, so that the error summary can link to it."""
    prefix = p["idPrefix"] or p["name"]
    fieldset = p["fieldset"]
    if fieldset and fieldset["describedBy"]:
        p["describedBy"] = fieldset["describedBy"]
    describe(p, prefix)
    if fieldset:
        fieldset["describedBy"] = p["describedBy"]
    for number, item in enumerate(p["items"] or [], start=1):
        if item:
            choice(p, item, f"{prefix}-{number}" if number > 1 else prefix)
    p["items"] = [item for item in p["items"] or [] if item]


def choice(p: Options, item: Options, key: str) -> None:
    """One radio or check box."""
    item["id"] = item["id"] or key
    item["name"] = item["name"] or p["name"]
    item["conditionalId"] = f"conditional-{item['id']}"
    item["checked"] = item["checked"] or is_chosen(p, item)
    label = Options(item["label"] or {})
    item["label"] = Options(label, html=item["html"], text=item["text"], **{"for": item["id"]})
    item["hasHint"] = bool(item["hint"] and item["hint"].content)
    if item["hasHint"]:
        item["hint"]["id"] = f"{item['id']}-item-hint"


def is_chosen(p: Options, item: Options) -> bool:
    """Whether the value or values of the whole pick this item; its own `checked: false` wins."""
    if item["checked"] is False:
        return False
    if p["values"]:
        return item["value"] in p["values"]
    return bool(p["value"]) and item["value"] == p["value"]


def radios(p: Options) -> None:
    """Radios: hints of one item describe that item."""
    p["describedBy"] = ""
    choices(p)
    for item in p["items"]:
        item["describedBy"] = item["hint"]["id"] if item["hasHint"] else ""
        item["label"]["classes"] = f"govuk-radios__label {item['label']['classes']}"
        if item["hasHint"]:
            item["hint"]["classes"] = f"govuk-radios__hint {item['hint']['classes']}"


def checkboxes(p: Options) -> None:
    """Check boxes: without a fieldset each box is described by the hint and error of the whole."""
    choices(p)
    shared = "" if p["fieldset"] else p["describedBy"]
    for item in p["items"]:
        own = item["hint"]["id"] if item["hasHint"] else ""
        item["describedBy"] = f"{shared} {own}".strip()
        item["label"]["classes"] = f"govuk-checkboxes__label {item['label']['classes']}"
        if item["hasHint"]:
            item["hint"]["classes"] = f"govuk-checkboxes__hint {item['hint']['classes']}"


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


def notification_banner(p: Options) -> None:
    """A success banner is announced; any other is a region."""
    p["success"] = p["type"] == "success"
    p["role"] = p["role"] or ("alert" if p["success"] else "region")
    p["title"] = p["titleHtml"] or p["titleText"] or ("Success" if p["success"] else "Important")
    p["titleId"] = p["titleId"] or "govuk-notification-banner-title"
    p["level"] = p["titleHeadingLevel"] or 2


def panel(p: Options) -> None:
    """A confirmation panel, or an interruption page with actions."""
    p["interruption"] = "govuk-panel--interruption" in p["classes"]
    p["level"] = p["headingLevel"] or 1
    if not p["interruption"]:
        p["actions"] = ""
        return
    for action in (p["actions"] or Options())["items"] or []:
        action["isButton"] = not action["href"] or action["type"] == "button"
        if action["isButton"]:
            action["type"] = action["type"] or "button"
            action["classes"] = f"govuk-button--inverse {action['classes']}"


def summary_list(p: Options) -> None:
    """Questions and answers; in a card each action also says whose card it is."""
    title = p["card"]["title"] if p["card"] else ""
    p["rows"] = [row for row in p["rows"] or [] if row]
    p["anyActions"] = any(actions_of(row) for row in p["rows"])
    for row in p["rows"]:
        for action in actions_of(row):
            action["cardTitle"] = title
    if p["card"]:
        p["card"]["level"] = (title or Options())["headingLevel"] or 2
        for action in actions_of(p["card"]):
            action["cardTitle"] = title


def actions_of(row: Options) -> list[Options]:
    """The links beside a row or card."""
    return (row["actions"] or Options())["items"] or []


def tabs(p: Options) -> None:
    """Tabs; the panels all show when script is off."""
    p["title"] = p.get("title", "Contents")
    for number, item in enumerate(p["items"] or [], start=1):
        if item:
            item["id"] = item["id"] or f"{p['idPrefix']}-{number}"
            item["first"] = number == 1
    p["items"] = [item for item in p["items"] or [] if item]


def task_list(p: Options) -> None:
    """Steps with a status; the link is described by its hint and status."""
    prefix = p["idPrefix"] or "task-list"
    for number, item in enumerate(p["items"] or [], start=1):
        if item:
            item["hintId"], item["statusId"] = f"{prefix}-{number}-hint", f"{prefix}-{number}-status"
    p["items"] = [item for item in p["items"] or [] if item]


def pagination(p: Options) -> None:
    """Pages of a list, or previous and next of a sequence."""
    p["blockLevel"] = not p["items"] and bool(p["next"] or p["previous"])
    p["items"] = [item for item in p["items"] or [] if item]
    for item in p["items"]:
        item["said"] = item.get("visuallyHiddenText", f"Page {item['number']}")


def table(p: Options) -> None:
    """Rows that are empty are left out."""
    p["rows"] = [row for row in p["rows"] or [] if row]


def error_message(p: Options) -> None:
    """The unseen word before the message; False switches it off."""
    p["visuallyHiddenText"] = p.get("visuallyHiddenText", "Error")


def phase_banner(p: Options) -> None:
    """The tag carries the banner's class."""
    tag = Options(p["tag"] or {})
    tag["classes"] = f"govuk-phase-banner__content__tag {tag['classes']}"
    p["tag"] = tag


def card(p: Options) -> None:
    """A report in the queue: the urgency's word, "Ungraded" when nobody graded it."""
    p["badge"] = Options(urgency=p["urgency"], text=p["urgencyText"] or p["urgency"].capitalize() or "Ungraded")


def versions(p: Options) -> None:
    """What is saved and what you typed, side by side. `rows` holds key, saved, yours."""
    sides = (("saved", p["savedTitle"] or "Saved by someone else"), ("yours", p["yoursTitle"] or "What you typed"))
    p["sides"] = [
        Options(
            title=title,
            yours=side == "yours",
            rows=[Options(key=r["key"], value=r[side], differs=r["saved"] != r["yours"]) for r in p["rows"] or []],
        )
        for side, title in sides
    ]


PREPARE: dict[str, Callable[[Options], None]] = {
    "card": card,
    "character-count": character_count,
    "checkboxes": checkboxes,
    "date-input": date_input,
    "error-message": error_message,
    "file-upload": file_upload,
    "input": text_input,
    "notification-banner": notification_banner,
    "pagination": pagination,
    "panel": panel,
    "part-known-date": part_known_date,
    "password-input": password_input,
    "phase-banner": phase_banner,
    "radios": radios,
    "select": select,
    "summary-list": summary_list,
    "table": table,
    "tabs": tabs,
    "task-list": task_list,
    "textarea": textarea,
    "versions": versions,
}
