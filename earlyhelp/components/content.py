"""What is shown rather than filled in: banners, lists, tables, cards."""

from earlyhelp.components.options import Options


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
