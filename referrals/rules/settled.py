"""What settled matches teach about what agreement weighs: whether there are enough, and old and new side by side.

Weights are learned by logistic regression (decision 0074). How often each code is met among pairs that are one person
and among pairs that are two (the m and u of the literature) is shown beside, for whoever decides; it makes no weight.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise

from referrals import refusals
from referrals.rules.matching import WORDS
from sharing_agreements.refusals import Refusal
from sharing_agreements.rules.learning import Pair, chance, learn

FEWEST, FEWEST_OF_EACH = 200, 50
"""Settled pairs to learn from, and of either kind. On made-up households the regression was about as good with some two
hundred labels as with two thousand; how many of either kind is a judgement."""
FIFTHS = 5
"""Each fifth of the pairs is tried with weights learned from the other four."""

RISES = (
    ("given_same", "given_variant", "given_other"),
    ("family_same", "family_mistyped", "family_other"),
    ("born_same", "born_flipped", "born_near", "born_other"),
    ("line_same", "line_mistyped", "line_other"),
    ("postcode_same", "postcode_mistyped", "postcode_other"),
    ("nhs_same", "nhs_other"),
    ("upn_same", "upn_other"),
)
"""What agrees more must weigh more: weights taken from offered pairs alone can turn this round."""


@dataclass(frozen=True)
class Line:
    """One code: in how many of a hundred pairs of one person and of two it was met, and what it weighs."""

    field: str
    code: str
    words: str
    same: float | None
    different: float | None
    before: float | None
    after: float


@dataclass(frozen=True)
class Tried:
    """How weights did on settled pairs: called likely and were two; were one person and not called likely."""

    false_likely: int
    missed: int


def why_not_learn(pairs: Sequence[Pair]) -> Refusal | None:
    """Refused `too_few_settled` with how many there are and how many it takes."""
    same = sum(is_same for _, is_same, _ in pairs)
    different = len(pairs) - same
    if len(pairs) >= FEWEST and min(same, different) >= FEWEST_OF_EACH:
        return None
    return refusals.too_few_settled(same, different, FEWEST, FEWEST_OF_EACH)


def side_by_side(pairs: Sequence[Pair], before: Mapping[str, float], after: Mapping[str, float]) -> list[Line]:
    """Every code with its old and new weight, field by field, what agrees most first."""
    counts = {is_same: sum(label == is_same for _, label, _ in pairs) for is_same in (True, False)}

    def met(code: str, *, is_same: bool) -> float | None:
        if code == "start" or not counts[is_same]:
            return None
        return 100 * sum(code in levels for levels, label, _ in pairs if label == is_same) / counts[is_same]

    lines = [
        Line(
            _field_of(code), code, WORDS.get(code, "What every pair begins with"),
            met(code, is_same=True), met(code, is_same=False), before.get(code), weight,
        )
        for code, weight in after.items()
    ]  # fmt: skip
    return sorted(lines, key=lambda one: (one.field, -one.after, one.code))


def _field_of(code: str) -> str:
    return code.partition("_")[0] if code in WORDS else ""


def in_the_wrong_order(weights: Mapping[str, float]) -> list[tuple[str, str]]:
    """Codes that agree more and weigh no more than the next: (more, less)."""
    return [
        (more, less)
        for chain in RISES
        for more, less in pairwise(chain)
        if more in weights and less in weights and weights[more] <= weights[less]
    ]


def tried(pairs: Sequence[Pair], weights: Mapping[str, float], likely_from: float) -> Tried:
    """How these weights do on these pairs, at the sum from which a pair is likely."""
    return _counted([(chance(levels, weights), is_same) for levels, is_same, _ in pairs], likely_from)


def tried_apart(pairs: Sequence[Pair], before: Mapping[str, float], likely_from: float) -> Tried:
    """How weights learned here do on pairs they were not learned from: each fifth against the other four."""
    found = []
    for fifth in range(FIFTHS):
        others = [pair for at, pair in enumerate(pairs) if at % FIFTHS != fifth]
        weights = learn(others, towards=before)
        found += [(chance(levels, weights), is_same) for levels, is_same, _ in pairs[fifth::FIFTHS]]
    return _counted(found, likely_from)


def _counted(found: list[tuple[float, bool]], likely_from: float) -> Tried:
    likely = chance((), {"start": likely_from})
    return Tried(
        sum(at >= likely and not is_same for at, is_same in found),
        sum(at < likely and is_same for at, is_same in found),
    )


def by_field(lines: list[Line]) -> list[tuple[str, list[Line]]]:
    """The lines of each field together."""
    return [(field, list(held)) for field, held in groupby(lines, key=lambda one: one.field)]
