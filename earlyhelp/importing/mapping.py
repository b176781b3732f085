"""Which column of an agency's file says what, and the report a record is by it (docs/importing.md)."""

import datetime
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import TextChoices

from referrals.rules.importing import LONGEST_REFERENCE, OldChild, OldReport
from referrals.vocabulary import Answer, ConcernKind, FamilyTold, Urgency
from sharing_agreements.part_known import PartKnownDate, read
from sharing_agreements.vocabulary import Precision
from sharing_agreements.working_time import LONDON

TEXTS = {
    "reference": LONGEST_REFERENCE, "account": 20000, "happened_at": 300, "now_at": 300, "writer": 160, "school": 120,
    "police_reference": 60, "home_line": 160, "home_postcode": 10,
}  # fmt: skip
"""Parts of a report that are text, with how long each may be."""
DATES = frozenset({"sent", "happened"})
CODES: dict[str, tuple[type[TextChoices], str]] = {
    "concern": (ConcernKind, ConcernKind.NOT_KNOWN),
    "urgency": (Urgency, Urgency.GREEN),
    "danger": (Answer, Answer.NOT_KNOWN),
    "told": (FamilyTold, FamilyTold.NOT_KNOWN),
}
"""Parts that are codes, with what stands where a file says nothing."""
NEEDED = ("reference", "sent", "account")
MOST_CHILDREN = 20
NOT_KNOWN = "Not known"
_BRITISH = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{4})")


class Unfit(Exception):
    """A record that is no report; says why, without a word of it."""


@dataclass(frozen=True)
class Reading:
    """A mapping that has been looked over."""

    texts: dict[str, str]
    dates: dict[str, str]
    codes: dict[str, tuple[str, dict[str, str]]]
    children: list[tuple[str, str]]

    @property
    def columns(self) -> set[str]:
        """Every column it reads."""
        named = {*self.texts.values(), *self.dates.values(), *(column for column, _ in self.codes.values())}
        return named | {column for child in self.children for column in child if column}

    def report(self, values: Mapping[str, str], now: datetime.datetime) -> OldReport:
        """The report this record is. Raises Unfit."""
        said: dict[str, Any] = {part: values.get(column, "") for part, column in self.texts.items()}
        for part, text in said.items():
            if len(text) > TEXTS[part]:
                raise Unfit(f"{part} is longer than {TEXTS[part]} characters")
        for part in ("reference", "account"):
            if not said[part]:
                raise Unfit(f"{part} is empty")
        sent_at = _moment(values.get(self.dates["sent"], ""), now)
        happened = _day("happened", values.get(self.dates.get("happened", ""), ""), now)
        plain: dict[str, Any] = {part: said.get(part) or NOT_KNOWN for part in ("happened_at", "now_at")}
        return OldReport(
            sent_at=sent_at,
            happened=happened,
            children=self._children(values, now),
            **{part: self._code(part, values) for part in CODES},
            **(said | plain),
        )

    def _code(self, part: str, values: Mapping[str, str]) -> Any:
        kind, otherwise = CODES[part]
        column, codes = self.codes.get(part, ("", {}))
        text = values.get(column, "")
        code = codes.get(text, text) if text else otherwise
        if code not in kind.values:
            raise Unfit(f"{part} is a word the mapping does not know")
        return kind(code)

    def _children(self, values: Mapping[str, str], now: datetime.datetime) -> tuple[OldChild, ...]:
        found = []
        for name_column, born_column in self.children:
            name, born = values.get(name_column, ""), values.get(born_column, "")
            if len(name) > 160:
                raise Unfit("a child's name is longer than 160 characters")
            if name or born:
                found.append(OldChild(name or NOT_KNOWN, _born(born, now)))
        if not found:
            raise Unfit("no child is named")
        return tuple(found)


def reading_of(mapping: Any) -> tuple[Reading | None, list[str]]:
    """The mapping ready for use, or what is wrong with it."""
    if not isinstance(mapping, dict):
        return None, ["a mapping is a JSON object"]
    wrong = [f"{part} is no part of a report" for part in mapping if part not in {*TEXTS, *DATES, *CODES, "children"}]
    wrong += [f"no column is named for {part}" for part in (*NEEDED, "children") if part not in mapping]
    texts = {part: column for part, column in mapping.items() if part in TEXTS}
    dates = {part: column for part, column in mapping.items() if part in DATES}
    wrong += [f"{part} takes the name of a column" for part, at in (texts | dates).items() if not isinstance(at, str)]
    codes = {part: _codes(part, mapping[part], wrong) for part in CODES if part in mapping}
    children = [_child(one, wrong) for one in _listed(mapping.get("children", []), wrong)]
    return (None, wrong) if wrong else (Reading(texts, dates, codes, children), [])


def _codes(part: str, said: Any, wrong: list[str]) -> tuple[str, dict[str, str]]:
    if isinstance(said, str):
        return said, {}
    codes = said.get("codes", {}) if isinstance(said, dict) else None
    if not isinstance(codes, dict) or not isinstance(said.get("column"), str):
        wrong.append(f'{part} takes the name of a column, or {{"column": ..., "codes": {{"theirs": "ours"}}}}')
        return "", {}
    kind, _ = CODES[part]
    wrong += [
        f"{part}: {code} is none of {', '.join(kind.values)}" for code in codes.values() if code not in kind.values
    ]
    return said["column"], codes


def _listed(said: Any, wrong: list[str]) -> list[Any]:
    if not isinstance(said, list) or len(said) > MOST_CHILDREN:
        wrong.append(f"children is a list of at most {MOST_CHILDREN}")
        return []
    return said


def _child(said: Any, wrong: list[str]) -> tuple[str, str]:
    if not isinstance(said, dict) or not isinstance(said.get("name"), str) or set(said) - {"name", "born"}:
        wrong.append('each child takes {"name": a column, "born": a column}')
        return "", ""
    return said["name"], said.get("born") or ""


def _iso(text: str) -> str:
    """9/5/2016 as 2016-05-09; everything else as it is."""
    british = _BRITISH.fullmatch(text)
    return f"{british[3]}-{int(british[2]):02}-{int(british[1]):02}" if british else text


def _moment(text: str, now: datetime.datetime) -> datetime.datetime:
    """When a report was sent: a day, or a day and time, in London unless it says otherwise."""
    day, _, clock = text.replace("T", " ").partition(" ")
    try:
        at = datetime.datetime.fromisoformat(f"{_iso(day)} {clock}".strip())
    except ValueError:
        raise Unfit("sent is no date, or date and time") from None
    at = at if at.tzinfo else at.replace(tzinfo=LONDON)
    if at > now or at.year < 1900:
        raise Unfit("sent is no day that has been")
    return at


def _day(part: str, text: str, now: datetime.datetime) -> PartKnownDate:
    known = read(_iso(text)) if text else PartKnownDate(None, Precision.UNKNOWN)
    if known is None:
        raise Unfit(f"{part} is no date")
    if known.precision != Precision.DUE and known.date and known.date > now.date():
        raise Unfit(f"{part} is no day that has been")
    return known


def _born(text: str, now: datetime.datetime) -> PartKnownDate:
    return _day("born", text, now)
