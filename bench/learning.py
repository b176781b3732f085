"""Learn from labelled pairs what each kind of agreement weighs: logistic regression by Newton's steps."""

import math
from collections.abc import Sequence

RIDGE = 0.5
"""Pulls every weight towards nothing, so that a code seen five times does not weigh a hundred."""

SAYS_NOTHING = {"phone_other", "town_other"}
"""People change telephones, and a town is told apart by its postcode."""

Pair = tuple[Sequence[str], bool, float]
"""Codes of a pair, whether it is one person, and how many such pairs it stands for."""


def learn(pairs: Sequence[Pair], steps: int = 25) -> dict[str, float]:
    """Weights by code, and 'start'. Codes that say nothing ('..._unknown') weigh nothing and are left out."""
    codes = ["start", *sorted({code for levels, _, _ in pairs for code in levels if not _says_nothing(code)})]
    place = {code: at for at, code in enumerate(codes)}
    rows = _grouped(pairs, place)
    weights = [0.0] * len(codes)
    for _ in range(steps):
        step = _newton(rows, weights)
        weights = [w + s for w, s in zip(weights, step, strict=True)]
        if max(abs(s) for s in step) < 1e-4:
            break
    return {code: round(weights[at], 2) for code, at in place.items()}


def _says_nothing(code: str) -> bool:
    return code.endswith("_unknown") or code in SAYS_NOTHING


def _grouped(pairs: Sequence[Pair], place: dict[str, int]) -> list[tuple[tuple[int, ...], float, float]]:
    """(places of the codes, weight of the same, weight of the different) for each pattern that occurs."""
    found: dict[tuple[int, ...], list[float]] = {}
    for levels, same, many in pairs:
        at = (0, *sorted(place[code] for code in levels if code in place))
        found.setdefault(at, [0.0, 0.0])[0 if same else 1] += many
    return [(at, same, different) for at, (same, different) in found.items()]


def _newton(rows: list[tuple[tuple[int, ...], float, float]], weights: list[float]) -> list[float]:
    """The next step: the inverse of the curvature times the slope."""
    size = len(weights)
    slope = [-RIDGE * w if at else 0.0 for at, w in enumerate(weights)]
    curve = [[RIDGE if a == b and a else 1e-9 if a == b else 0.0 for b in range(size)] for a in range(size)]
    for at, same, different in rows:
        p = 1 / (1 + math.exp(-max(-30.0, min(30.0, sum(weights[a] for a in at)))))
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
