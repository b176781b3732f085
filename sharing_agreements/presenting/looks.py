"""Lines of the disclosure log in words."""

SHOWN_FIRST = ("show ", "list ", "read ")
REASONS = {
    "surname": "Somebody in the family has the same family name",
    "not_involved": "No involvement with the family on that day",
}


def page_words(what: str) -> str:
    """Which page or act a line is about: `GET cases:show_chronology` is "Chronology"."""
    name = what.rpartition(":")[2].rpartition(" ")[2].replace("_", " ")
    for verb in SHOWN_FIRST:
        name = name.removeprefix(verb)
    return name[:1].upper() + name[1:]


def outcome_words(outcome: str) -> str:
    """What came of it."""
    return {"seen": "Opened", "done": "Done"}.get(outcome, "Refused")


def reason_words(reasons: list[str], families: int | None) -> list[str]:
    """Why a look is unusual."""
    return [REASONS.get(one, f"{families} families within an hour") for one in reasons]
