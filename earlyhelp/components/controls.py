"""What the boxes of a form print: inputs, text areas, drop-downs, radios and check boxes."""

from collections.abc import Mapping
from typing import Any

from earlyhelp.components.options import Options


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


def error_message(p: Options) -> None:
    """The unseen word before the message; False switches it off."""
    p["visuallyHiddenText"] = p.get("visuallyHiddenText", "Error")


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
        by_value = bool(p["value"]) and own == p["value"] and item["selected"] is not False
        item["selected"] = item["selected"] or by_value


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
