"""Lines of the disclosure log in words."""

from collections.abc import Iterable

from sharing_agreements.rules import WAYS_OF_OTHERS, Opened
from sharing_agreements.vocabulary import Kind

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


def opened_words(opened: Iterable[Opened], owner: str) -> list[str]:
    """What opened the owner's records to a look: one line per clause or other way, with how many of which kinds."""
    return [
        f"{_basis(one, owner)}: {one.records} ({'; '.join(Kind(k).label.lower() for k in one.kinds)})" for one in opened
    ]


def _basis(one: Opened, owner: str) -> str:
    if one.agreement:
        return f"clause {one.number} of {one.agreement}, version {one.version}"
    return WAYS_OF_OTHERS[one.way].format(owner=owner)
