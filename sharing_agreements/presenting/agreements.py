"""An agreement on a page: what it rests on, its matrix, its history, and how two versions differ."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from sharing_agreements.lifecycle import Party as Hand
from sharing_agreements.models import Agreement, Clause, Post
from sharing_agreements.part_known import say
from sharing_agreements.presenting import clause_sentence, side, upper_first
from sharing_agreements.presenting.examples import example_sentence
from sharing_agreements.rules.law import Power
from sharing_agreements.vocabulary import HowFarBack, Kind, Level, Precision, Purpose, Role, Stage


def in_order(clauses: Iterable[Clause]) -> list[Clause]:
    """Clauses as people count: 1.2 before 1.10."""
    return sorted(clauses, key=lambda clause: [int(part) if part.isdigit() else 0 for part in clause.number.split(".")])


def powers_by_purpose(agreement: Agreement, known: Mapping[str, Power]) -> list[tuple[str, list[Power]]]:
    """Each purpose in words with what it rests on."""
    chosen = agreement.powers
    return [
        (Purpose(purpose).label, [known[code] for code in chosen.get(purpose, []) if code in known])
        for purpose in agreement.purposes
    ]


def hands_of(agreement: Agreement, post: Post, *, suspended_it: bool = False) -> frozenset[Hand]:
    """What this governance lead's agency is to the agreement. Load its parties first."""
    if post.role != Role.GOVERNANCE_LEAD:
        return frozenset()
    own = next((p for p in agreement.parties.all() if p.agency_id == post.agency_id and p.left_on is None), None)
    is_drafter = agreement.drafter_id == post.agency_id or (agreement.drafter_id is None and own is not None)
    held = {Hand.DRAFTER: is_drafter, Hand.NAMED: own is not None and own.signed_at is None}
    held |= {Hand.BOUND: own is not None and own.signed_at is not None, Hand.SUSPENDER: suspended_it}
    return frozenset(hand for hand, holds in held.items() if holds)


@dataclass(frozen=True)
class Grid:
    """One recipient's part of the matrix: a row per kind, a column per provider."""

    recipient: str
    providers: list[str]
    rows: list[tuple[str, list[list[str]]]]


def matrix(agreement: Agreement) -> list[Grid]:
    """Who sees what, and how much: a grid for each recipient. Load clauses with their agencies first."""
    cells: dict[str, dict[tuple[int, str], list[str]]] = defaultdict(lambda: defaultdict(list))
    for clause in in_order(agreement.clauses.all()):
        recipient = side(clause.recipient_agency, clause.recipient_type, clause.recipient_district)
        provider = side(clause.provider_agency, clause.provider_type, clause.provider_district)
        cells[upper_first(recipient)][clause.kind, provider].append(_cell(clause))
    return [_grid(recipient, found) for recipient, found in sorted(cells.items())]


def _grid(recipient: str, found: Mapping[tuple[int, str], list[str]]) -> Grid:
    providers = sorted({provider for _, provider in found})
    kinds = sorted({kind for kind, _ in found})
    rows = [(Kind(kind).label, [found.get((kind, provider), []) for provider in providers]) for kind in kinds]
    return Grid(recipient, providers, rows)


def _cell(clause: Clause) -> str:
    roles = ", ".join(Role(role).label.lower() for role in clause.recipient_roles)
    said = [f"{Level(clause.level).label}: {roles}"]
    said += ["involved"] if clause.needs_involvement else []
    said += ["person agrees"] if clause.needs_consent else []
    said += [" or ".join(Stage(stage).label for stage in clause.stages)] if clause.stages else []
    said += [HowFarBack(clause.how_far_back).label] if clause.how_far_back else []
    return f"{'; '.join(word[:1].lower() + word[1:] if at else word for at, word in enumerate(said))} ({clause.number})"


WORDS = {
    "title": "Title",
    "aim": "What it is for",
    "lawful_basis": "How the law allows it",
    "starts_on": "First day",
    "ends_on": "Last day",
    "review_on": "Review due",
    "retention": "How long it is kept",
    "incident_contact": "Whom to tell when something goes wrong",
    "rights_contact": "Where families ask",
    "dpia_reference": "Impact assessment",
}


@dataclass(frozen=True)
class Comparison:
    """How two versions differ. `words`: heading, before, after; the others are what only one of them has."""

    words: list[tuple[str, str, str]]
    gone: list[tuple[str, str]]
    new: list[tuple[str, str]]

    @property
    def is_same(self) -> bool:
        """Nothing that binds differs."""
        return not (self.words or self.gone or self.new)


def compare(older: Agreement, newer: Agreement, known: Mapping[str, Power]) -> Comparison:
    """What a newer version changes. Load parties, clauses and examples of both first."""
    pairs = [(label, _said(getattr(older, name)), _said(getattr(newer, name))) for name, label in WORDS.items()]
    pairs.append(("Tier", tier(older), tier(newer)))
    before, after = _lines(older, known), _lines(newer, known)
    return Comparison(
        words=[pair for pair in pairs if pair[1] != pair[2]],
        gone=[line for line in before if line not in after],
        new=[line for line in after if line not in before],
    )


def tier(agreement: Agreement) -> str:
    """Which tier it is of, and what it hangs below."""
    if agreement.overarching:
        return "Overarching"
    return f"Specific, below {agreement.parent}" if agreement.parent else "Specific"


def _said(value: Any) -> str:
    return say(value, Precision.DAY) if hasattr(value, "year") else str(value)


def _lines(agreement: Agreement, known: Mapping[str, Power]) -> list[tuple[str, str]]:
    parties = [
        ("Party", f"{party.agency.name}, {party.get_capacity_display().lower()}") for party in agreement.parties.all()
    ]
    resting = [
        ("Power", f"{purpose}: {power.title}")
        for purpose, powers in powers_by_purpose(agreement, known)
        for power in powers
    ]
    clauses = [("Clause", clause_sentence(clause)) for clause in in_order(agreement.clauses.all())]
    examples = [("Example", example_sentence(one)) for one in agreement.examples.all()]
    papers = [
        ("Document", f"{title} ({digest[:12]})") for title, digest in agreement.documents.values_list("title", "digest")
    ]
    return parties + resting + clauses + examples + papers


def history(agreement: Agreement) -> list[dict[str, Any]]:
    """The life of an agreement, newest first, as items of the timeline component."""
    moves = agreement.moves.select_related("agency", "moved_by").order_by("-moved_at", "-no")
    return [
        {
            "when": move.moved_at,
            "title": move.get_verb_display(),
            "text": move.reason,
            "proposed": move.digest if move.words else "",
            "source": ", ".join(
                str(one) for one in (move.moved_by and move.moved_by.name, move.agency and move.agency.name) if one
            ),
        }
        for move in moves
    ]
