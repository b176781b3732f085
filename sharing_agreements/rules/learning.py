"""Learn from labelled pairs what each kind of agreement weighs: logistic regression by Newton's steps."""

import math
from collections.abc import Mapping, Sequence

RIDGE = 0.5
"""Pulls every weight towards nothing, so that a code seen five times does not weigh a hundred."""

PULL = 2.0
"""The same towards weights that are in use, where there are some: about as much as a few pairs say. A judgement."""

SAYS_NOTHING = {"phone_other", "town_other", "house_other"}
"""People change telephones, a town is told apart by its postcode, and another number has spoken in the line already."""

Rows = list[tuple[tuple[int, ...], float, float]]
"""Patterns of codes by their places, with how many pairs are one person and how many two."""

Pulls = list[tuple[float, float]]
"""How hard each weight is pulled, and towards what."""

Pair = tuple[Sequence[str], bool, float]
"""Codes of a pair, whether it is one person, and how many such pairs it stands for."""


def learn(pairs: Sequence[Pair], steps: int = 25, towards: Mapping[str, float] | None = None) -> dict[str, float]:
    """Weights by code, and 'start'. Codes that say nothing ('..._unknown') weigh nothing and are left out.

    Each weight is pulled towards nothing, or with `towards` towards what it weighs there, 'start' included: then a
    code that no pair has keeps its weight, and one that few have moves little.
    """
    before = dict(towards or {})
    seen = {code for levels, _, _ in pairs for code in levels if not _says_nothing(code)} | before.keys()
    codes = ["start", *sorted(seen - {"start"})]
    place = {code: at for at, code in enumerate(codes)}
    rows = _grouped(pairs, place)
    pull = [(PULL if towards else RIDGE if at else 0.0, before.get(code, 0.0)) for code, at in place.items()]
    weights = [aim for _, aim in pull]
    for _ in range(steps):
        step = _shortened(_newton(rows, weights, pull), rows, weights, pull)
        weights = [w + s for w, s in zip(weights, step, strict=True)]
        if max(abs(s) for s in step) < 1e-4:
            break
    return {code: round(weights[at], 2) for code, at in place.items()}


def _says_nothing(code: str) -> bool:
    return code.endswith("_unknown") or code in SAYS_NOTHING


def _grouped(pairs: Sequence[Pair], place: dict[str, int]) -> Rows:
    """Each pattern that occurs."""
    found: dict[tuple[int, ...], list[float]] = {}
    for levels, same, many in pairs:
        at = (0, *sorted(place[code] for code in levels if code in place))
        found.setdefault(at, [0.0, 0.0])[0 if same else 1] += many
    return [(at, same, different) for at, (same, different) in found.items()]


def chance(levels: Sequence[str], weights: Mapping[str, float]) -> float:
    """How likely a pair with these codes is one person, 0 to 1."""
    return _logistic(weights.get("start", 0.0) + sum(weights.get(code, 0.0) for code in levels))


def _logistic(odds: float) -> float:
    return 1 / (1 + math.exp(-max(-30.0, min(30.0, odds))))


def _fit(rows: Rows, weights: Sequence[float], pull: Pulls) -> float:
    """How well weights say what the pairs are, less what it costs to stand far from where they are pulled."""
    far = sum(hard * (w - aim) ** 2 for w, (hard, aim) in zip(weights, pull, strict=True)) / 2
    said = 0.0
    for at, same, different in rows:
        p = _logistic(sum(weights[a] for a in at))
        said += same * math.log(p) + different * math.log(1 - p)
    return said - far


def _shortened(step: list[float], rows: Rows, weights: list[float], pull: Pulls) -> list[float]:
    """The step, halved until it makes nothing worse: from weights that are far out a whole step overshoots."""
    before = _fit(rows, weights, pull)
    for _ in range(30):
        if _fit(rows, [w + s for w, s in zip(weights, step, strict=True)], pull) >= before:
            return step
        step = [s / 2 for s in step]
    return [0.0] * len(step)


def _newton(rows: Rows, weights: list[float], pull: Pulls) -> list[float]:
    """The next step: the inverse of the curvature times the slope."""
    size = len(weights)
    slope = [hard * (aim - w) for w, (hard, aim) in zip(weights, pull, strict=True)]
    curve = [[max(pull[a][0], 1e-9) if a == b else 0.0 for b in range(size)] for a in range(size)]
    for at, same, different in rows:
        p = _logistic(sum(weights[a] for a in at))
        left = same - p * (same + different)
        bend = p * (1 - p) * (same + different)
        for a in at:
            slope[a] += left
            for b in at:
                curve[a][b] += bend
    return _solved(curve, slope)


def _solved(matrix: list[list[float]], right: list[float]) -> list[float]:
    """Gauss with the largest pivot."""
    size = len(right)
    rows = [[*matrix[at], right[at]] for at in range(size)]
    for at in range(size):
        best = max(range(at, size), key=lambda row: abs(rows[row][at]))
        rows[at], rows[best] = rows[best], rows[at]
        for row in range(at + 1, size):
            share = rows[row][at] / rows[at][at]
            if share:
                rows[row] = [x - share * y for x, y in zip(rows[row], rows[at], strict=True)]
    found = [0.0] * size
    for at in reversed(range(size)):
        found[at] = (rows[at][size] - sum(rows[at][b] * found[b] for b in range(at + 1, size))) / rows[at][at]
    return found
