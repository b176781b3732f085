"""Examples of an agreement in words, and the ones a draft should have. Plain values in and out.

Whether an example holds is the gate's answer (sql/0015); nothing here decides it.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sharing_agreements.vocabulary import ExampleGroup, HowFarBack, Level, RecordAge, Stage

_HOW_MUCH = {
    Level.EXISTENCE: "that there is a record",
    Level.SUMMARY: "the summary of a record",
    Level.FULL: "the whole of a record",
}
_GROUPS = {
    ExampleGroup.EVERY: "any agency of the type {type}",
    ExampleGroup.PARTY: "any party of the type {type}",
    ExampleGroup.STRANGER: "any agency of the type {type} that is not a party",
    ExampleGroup.INSIDE: "any agency of the type {type} in {district}",
    ExampleGroup.OUTSIDE: "any agency of the type {type} outside {district}",
}
EACH = 2
"""How many examples of one sort are suggested."""


@dataclass(frozen=True)
class ExampleWords:
    """An example's choices. Names and labels are already in words."""

    must_see: bool
    recipient: str
    role: str
    purpose: str
    level: str
    kind: str
    provider: str
    is_involved: bool
    agrees: bool
    stage: str
    age: str


def group(which: str, type_label: str, district: str) -> str:
    """The agencies of a type an example speaks of."""
    return _GROUPS[ExampleGroup(which)].format(type=type_label.lower(), district=district)


def sentence(example: ExampleWords) -> str:
    """An example as one plain sentence."""
    recipient = example.recipient[:1].upper() + example.recipient[1:]
    who = f"{recipient} ({example.role.lower()}, for {example.purpose.lower()})"
    whose = f"{_HOW_MUCH[Level(example.level)]} of this kind: {example.kind.lower()}, from {example.provider}"
    works = "it works with" if example.is_involved else "it does not work with"
    agrees = "agrees to the sharing" if example.agrees else "does not agree to the sharing"
    return (
        f"{who} must {'see' if example.must_see else 'not see'} {whose}, about somebody {works} who {agrees}; "
        f"while the case is at: {example.stage.lower()}; about what happened {example.age.lower()}."
    )


def suggestions(clauses: Iterable[Mapping[str, Any]], purposes: Sequence[str]) -> list[dict[str, Any]]:
    """Examples that show what the clauses of a draft open and where they stop: a few of each sort.

    `clauses` and what comes back have the columns of their models.
    """
    found: list[dict[str, Any]] = []
    counts: dict[str, int] = {}
    for clause in clauses:
        for sort, example in _about(clause, purposes):
            if counts.get(sort, 0) < EACH and example not in found:
                counts[sort] = counts.get(sort, 0) + 1
                found.append(example)
    return found


def _about(clause: Mapping[str, Any], purposes: Sequence[str]) -> Iterator[tuple[str, dict[str, Any]]]:
    """What one clause opens, and each thing it asks for, taken away. `purposes`: of its agreement, one at least."""
    is_named = bool(clause["recipient_agency_id"])
    opened = {
        "must_see": True,
        **{
            name: clause[name]
            for name in ("recipient_agency_id", "recipient_type", "provider_agency_id", "provider_type")
        },
        "recipient_group": "" if is_named else ExampleGroup.PARTY,
        "recipient_district": "",
        "role": clause["recipient_roles"][0],
        "purpose": purposes[0],
        "kind": clause["kind"],
        "level": clause["level"],
        "is_involved": clause["needs_involvement"],
        "agrees": clause["needs_consent"],
        "stage": _stage(clause["stages"]),
        "age": RecordAge.NEW,
    }
    closed = {**opened, "must_see": False}
    yield "opened", opened
    generous = {**closed, "is_involved": True, "agrees": True}
    if not is_named:
        yield "stranger", {**generous, "recipient_group": ExampleGroup.STRANGER}
    if district := clause["recipient_district"]:
        yield "elsewhere", {**generous, "recipient_group": ExampleGroup.OUTSIDE, "recipient_district": district}
    if clause["needs_involvement"]:
        yield "not involved", {**closed, "is_involved": False}
    if clause["level"] != Level.FULL:
        yield "deeper", {**closed, "level": list(Level)[list(Level).index(clause["level"]) + 1]}
    if clause["needs_consent"]:
        yield "no agreement", {**closed, "agrees": False}
    if clause["stages"] and (others := [stage for stage in Stage if stage not in clause["stages"]]):
        yield "another stage", {**closed, "stage": others[-1]}
    if clause["how_far_back"]:
        older = RecordAge.OLDER if clause["how_far_back"] == HowFarBack.ONE_YEAR else RecordAge.OLD
        yield "too old", {**closed, "age": older}


def _stage(stages: Sequence[int]) -> int:
    return Stage.PLAN_OPEN if not stages or Stage.PLAN_OPEN in stages else stages[0]
