"""The order of people on each row of a family picture, and how far from the left each stands.

Plain Python and deterministic. The order is looked for by small steps: short lines that do not cross are better.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import chain, combinations, pairwise, permutations
from math import floor

from cases.presenting.kinship import Kinship

GAP = 14
"""Between what belongs to one person and what belongs to the next, in pixels."""
TRIES = 500
"""Orders of one group that are looked at, at most; a family of nineteen settles before."""
SWEEPS = 3
LAST_SWEEPS = 40
CROSSING = 200
APART = 3
OUT_OF_ORDER = 150
CLOSER = 0.6
"""How much of their distance brothers and sisters, and couples, keep at each step while they are moved together."""


@dataclass(frozen=True)
class Room:
    """What one person needs to the left and right of the middle of their symbol, in pixels."""

    left: int
    right: int


Order = list[list[int]]
Stretch = tuple[float, float]


def places(family: Kinship, rooms: dict[str, Room]) -> dict[str, int]:
    """How far from the left everybody's symbol stands, in pixels. Groups that are not tied together do not mix.

    `rooms`: everybody, in the order in which brothers and sisters stand from left to right.
    """
    found: dict[str, int] = {}
    left = 0
    for group in family.groups:
        placed = _Group(family, group, rooms).placed()
        shift = left - min(floor(x) - rooms[one].left for one, x in placed.items())
        found.update({one: floor(x) + shift for one, x in placed.items()})
        left = max(found[one] + rooms[one].right for one in placed) + 2 * GAP
    return found


class _Group:
    """People tied together, by number in the order of birth, and the lines among them."""

    def __init__(self, family: Kinship, group: Sequence[str], rooms: dict[str, Room]) -> None:
        inside = set(group)
        self.people = [one for one in rooms if one in inside]
        number = {one: place for place, one in enumerate(self.people)}
        self.left = [rooms[one].left for one in self.people]
        self.right = [rooms[one].right + GAP for one in self.people]
        own = [union for union in family.unions if inside.intersection((*union.parents, *union.children))]
        self.parents = [[number[one] for one in union.parents] for union in own]
        self.children = [[number[one] for one in union.children] for union in own]
        self.above: list[list[int]] = [[] for _ in self.people]
        self.below: list[list[int]] = [[] for _ in self.people]
        for place in range(len(own)):
            for one in self.children[place]:
                self.above[one].append(place)
            for one in self.parents[place]:
                self.below[one].append(place)
        rows = [family.rows[one] for one in self.people]
        self.level = [
            2 * rows[parents[0]] if parents else 2 * rows[children[0]] - 2
            for parents, children in zip(self.parents, self.children, strict=True)
        ]
        self.order: Order = [[one for one, at in enumerate(rows) if at == row] for row in sorted(set(rows))]

    def placed(self) -> dict[str, float]:
        """Where everybody stands in the best order that was found."""
        best = self.order
        cost = self._cost(best)
        looked_at = 0
        better = True
        while better and looked_at < TRIES:
            better = False
            for changed in chain(self._changes(best), self._further_changes(best)):
                looked_at += 1
                asked = self._cost(changed)
                if asked < cost:
                    best, cost, better = changed, asked, True
                    break
                if looked_at >= TRIES:
                    break
        return dict(zip(self.people, self._spread(best, LAST_SWEEPS), strict=True))

    def _changes(self, order: Order) -> Iterator[Order]:
        """The same otherwise ordered: by the rows beside it, with two neighbours changed, or with somebody moved."""
        down = up = order
        for depth in range(len(order)):
            down = self._by_ties(down, depth)
            yield down
        for depth in reversed(range(len(order))):
            up = self._by_ties(up, depth)
            yield up
            yield self._by_ties(order, depth)
        for number, row in enumerate(order):
            for at in range(len(row) - 1):
                swapped = [*row[:at], row[at + 1], row[at], *row[at + 2 :]]
                yield [*order[:number], swapped, *order[number + 1 :]]
        for number, row in enumerate(order):
            for at, to in permutations(range(len(row)), 2):
                if abs(to - at) > 1:
                    rest = [*row[:at], *row[at + 1 :]]
                    yield [*order[:number], [*rest[:to], row[at], *rest[to:]], *order[number + 1 :]]

    def _further_changes(self, order: Order) -> Iterator[Order]:
        """The same with somebody moved on their row, and every other row ordered by its ties to it."""
        for number, row in enumerate(order):
            rest = [*reversed(range(number)), *range(number + 1, len(order))]
            for at, one in enumerate(row):
                others = [*row[:at], *row[at + 1 :]]
                for to in sorted({0, at - 1, at + 1, len(others)} - {at, -1, len(row)}):
                    moved = [*order[:number], [*others[:to], one, *others[to:]], *order[number + 1 :]]
                    for beside in rest:
                        moved = self._by_ties(moved, beside)
                    yield moved

    def _by_ties(self, order: Order, number: int) -> Order:
        """One row ordered anew: couples side by side, and each of them where their parents and children stand."""
        row = order[number]
        x = self._spread(order, 1)
        wish = {one: self._wish(one, x) for one in row}
        blocks: dict[int, list[int]] = {}
        for one in row:
            together = blocks.get(one, [one])
            for union in self.below[one]:
                for other in self.parents[union]:
                    if other not in together:
                        together += blocks.get(other, [other])
            blocks.update(dict.fromkeys(together, together))
        inside = {id(block): sorted(block, key=lambda one: (wish[one], one)) for block in blocks.values()}
        ordered = sorted(inside.values(), key=lambda block: (sum(wish[one] for one in block) / len(block), block))
        return [*order[:number], [one for block in ordered for one in block], *order[number + 1 :]]

    def _wish(self, one: int, x: list[float]) -> float:
        near = [_middle(self.parents[union], x) for union in self.above[one] if self.parents[union]]
        near += [_middle(self.children[union], x) for union in self.below[one] if self.children[union]]
        return sum(near) / len(near) if near else x[one]

    def _cost(self, order: Order) -> float:
        """How long the lines are, how often they cross, and which brothers and sisters stand out of their order."""
        x = self._spread(order, SWEEPS)
        cost = 0.0
        strokes: dict[int, list[tuple[Stretch, ...]]] = defaultdict(list)
        for parents, children, level in zip(self.parents, self.children, self.level, strict=True):
            middle = _middle(parents or children, x)
            if parents:
                cost += APART * abs(x[parents[0]] - x[parents[-1]])
                strokes[level].append(tuple((x[one], middle) for one in parents))
            below = [x[one] for one in children]
            cost += sum(abs(at - middle) for at in below)
            cost += OUT_OF_ORDER * sum(one > other for one, other in pairwise(below))
            strokes[level + 1].append(tuple((middle, at) for at in below))
        for beside in strokes.values():
            for one, other in combinations(beside, 2):
                cost += CROSSING * sum((a[0] - b[0]) * (a[1] - b[1]) < 0 for a in one for b in other)
        return cost

    def _spread(self, order: Order, sweeps: int) -> list[float]:
        """Everybody as near as may be to the people they belong to, in this order, without touching."""
        x = [0.0] * len(self.people)
        offsets = []
        for row in order:
            at = 0
            along = [0]
            for before, one in pairwise(row):
                at += self.right[before] + self.left[one]
                along.append(at)
            offsets.append(along)
            for one, place in zip(row, along, strict=True):
                x[one] = place - at / 2
        depth = range(len(order))
        for sweep in range(sweeps):
            for number in depth if sweep % 2 == 0 else reversed(depth):
                row = order[number]
                for one, here in zip(
                    row, _settle([self._drawn_to(one, x) for one in row], offsets[number]), strict=True
                ):
                    x[one] = here
        return x

    def _drawn_to(self, one: int, x: list[float]) -> float:
        """Where somebody would stand if nobody were in the way: under their parents, over their children."""
        here = x[one]
        wish, wishes = 0.0, 0
        for union in self.above[one]:
            if self.parents[union]:
                wish += _middle(self.parents[union], x) + CLOSER * (here - _middle(self.children[union], x))
                wishes += 1
        for union in self.below[one]:
            parents, children = self.parents[union], self.children[union]
            if children or len(parents) == 2:
                middle = _middle(parents, x)
                wish += (_middle(children, x) if children else middle) + CLOSER * (here - middle)
                wishes += 1
        return wish / wishes if wishes else here


def _middle(people: Sequence[int], x: list[float]) -> float:
    total = 0.0
    for one in people:
        total += x[one]
    return total / len(people)


def _settle(wished: Sequence[float], along: Sequence[float]) -> list[float]:
    """The nearest places to those wished for (least squares) that keep at least the distances of `along`."""
    pools: list[tuple[float, int]] = []
    for wish, least in zip(wished, along, strict=True):
        mean, size = wish - least, 1
        while pools and pools[-1][0] > mean:
            before, held = pools.pop()
            mean, size = (before * held + mean * size) / (held + size), held + size
        pools.append((mean, size))
    flat = [mean for mean, size in pools for _ in range(size)]
    return [base + least for base, least in zip(flat, along, strict=True)]
