"""The lines of a family picture: each between the people it joins, past every symbol, and never along another line.

Rows of symbols are kept apart by a band. In its upper half run the lines between parents, in its lower half the bars
from which children hang; each has a height of its own where two would meet. So lines cross, but never touch.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from cases.presenting.kinship import Hang, Kinship, Union

HALF = 22
"""Half the side of a symbol, in pixels."""
TRACK = 14
"""Between two lines that run beside each other."""
CLEAR = 12
"""Between a row and the first line."""
PORT = 7
"""Between two lines that leave one symbol."""
MOST_PORTS = 5
KEEP_OFF = 10
"""How near a line that turns down may come to upright lines of others: a bridge must not reach to the next line."""


DASHES = {Hang.ADOPTED: "6 4", Hang.FOSTERED: "6 4", Hang.STEP: "2 4", Hang.KIN: "10 3 2 3"}
"""How the line of a child who is not the parents' own by birth is broken."""


@dataclass(frozen=True)
class Stroke:
    """One straight piece of a line, and of which union it is. `child` and how it hangs, where it is one child's."""

    union: int
    x1: int
    y1: int
    x2: int
    y2: int
    hang: Hang | None = None
    child: str = ""
    parent: str = ""

    @property
    def upright(self) -> bool:
        """From top to bottom."""
        return self.x1 == self.x2

    @property
    def dashes(self) -> str:
        """How the line is broken; nothing for a whole one."""
        return DASHES.get(self.hang, "") if self.hang else ""


@dataclass
class Drawn:
    """Every stroke; where two families' lines cross; where a line is cut, and the height of each row's middle."""

    strokes: list[Stroke] = field(default_factory=list)
    bridges: list[tuple[int, int]] = field(default_factory=list)
    cuts: list[tuple[int, int]] = field(default_factory=list)
    heights: list[int] = field(default_factory=list)
    bottom: int = 0


Edge = Callable[[str, int], tuple[int, int]]
"""Of somebody, so many pixels beside the middle of their symbol: how far it reaches upwards and downwards there."""


@dataclass
class _Comb:
    """One union in its band: where parents come down, where it goes on, where children hang."""

    number: int
    union: Union
    ends: dict[str, int]
    teeth: dict[str, int]
    down: int | None = None
    upper: int = 0
    lower: int = 0

    @property
    def line(self) -> tuple[int, int]:
        """From where to where the line between parents runs."""
        reach = [*self.ends.values(), *([] if self.down is None else [self.down])]
        return (min(reach), max(reach)) if self.ends else (0, 0)

    @property
    def bar(self) -> tuple[int, int]:
        """From where to where the bar above the children runs."""
        reach = [*self.teeth.values(), *([] if self.down is None else [self.down])]
        return (min(reach), max(reach)) if self.teeth else (0, 0)


def crowded(family: Kinship) -> list[str]:
    """Whoever more lines leave, upwards or downwards, than a symbol has room for."""
    up: dict[str, int] = defaultdict(int)
    down: dict[str, int] = defaultdict(int)
    for union in family.unions:
        for parent in union.parents:
            down[parent] += 1
        for child in union.children:
            up[child] += 1
    return [one for one in family.rows if max(up[one], down[one]) > MOST_PORTS]


def lines(family: Kinship, x: dict[str, int], halves: dict[int, int], edge: Edge) -> Drawn:
    """All lines. `halves`: half the height of each row, words included; `edge`: where somebody's symbol ends."""
    tops, bottoms = _ports(family, x)
    bands: dict[int, list[_Comb]] = defaultdict(list)
    for number, union in enumerate(family.unions):
        band = family.rows[union.parents[0]] if union.parents else family.rows[next(iter(union.children))] - 1
        ends = {parent: bottoms[parent, number] for parent in union.parents}
        bands[band].append(_Comb(number, union, ends, {child: tops[child, number] for child in union.children}))
    drawn = Drawn()
    for row in range(-1, max(family.rows.values(), default=-1) + 1):
        combs = bands.get(row, [])
        _choose_ways_down(combs)
        uppers = _tracks(combs, "line", "upper")
        lowers = _fewest_crossings(combs)
        above = drawn.heights[-1] if drawn.heights else 0
        first = above + halves.get(row, 0) + (CLEAR if combs else 0)
        rise = first + TRACK * uppers
        middle = rise + TRACK * lowers + CLEAR + halves.get(row + 1, 0)
        for comb in combs:
            drawn.strokes += _strokes(comb, first, rise, (above, middle), x, edge)
            _cut(drawn, comb, combs, first)
        drawn.heights.append(middle)
    drawn.bottom = drawn.heights.pop()
    drawn.bridges = sorted(_bridges(drawn.strokes))
    return drawn


def _ports(family: Kinship, x: dict[str, int]) -> tuple[dict[tuple[str, int], int], dict[tuple[str, int], int]]:
    """Where each union's line meets each child from above and each parent from below, side by side."""
    up: dict[str, list[int]] = defaultdict(list)
    down: dict[str, list[int]] = defaultdict(list)
    for number, union in enumerate(family.unions):
        for child in union.children:
            up[child].append(number)
        for parent in union.parents:
            down[parent].append(number)

    def from_above(one: str, number: int) -> tuple[float, int]:
        of = family.unions[number].parents or tuple(family.unions[number].children)
        return sum(x[parent] for parent in of) / len(of), number

    def from_below(one: str, number: int) -> tuple[int, float, int]:
        """The far partner of two on one side inside the near one, so that the one line lies within the other."""
        other = next((parent for parent in family.unions[number].parents if parent != one), one)
        away = x[other] - x[one]
        return ((away > 0) - (away < 0), -away, number)

    return _side_by_side(up, from_above, x), _side_by_side(down, from_below, x)


def _side_by_side(
    meeting: dict[str, list[int]], by: Callable[[str, int], tuple[float, ...]], x: dict[str, int]
) -> dict[tuple[str, int], int]:
    found = {}
    for one, numbers in meeting.items():
        ordered = [number for _, number in sorted((by(one, number), number) for number in numbers)]
        for place, number in enumerate(ordered):
            found[one, number] = x[one] + PORT * place - PORT * (len(ordered) - 1) // 2
    return found


def _choose_ways_down(combs: list[_Comb]) -> None:
    """Where each line turns down to its children: over their middle, and beside no upright line of another."""
    taken: list[tuple[int, int]] = []
    for comb in combs:
        taken += [(at, comb.number) for at in (*comb.ends.values(), *comb.teeth.values())]
    for comb in combs:
        if not comb.ends or not comb.teeth:
            continue
        own = sorted(comb.ends.values())
        wish = (min(comb.teeth.values()) + max(comb.teeth.values())) // 2
        if len(own) == 2:
            wish = min(max(wish, own[0] + TRACK), own[1] - TRACK)
        elif abs(wish - own[0]) > HALF:
            wish = own[0]
        others = [at for at, number in taken if number != comb.number]
        wish = _over_a_child(wish, comb)
        steps = (sign * step for step in range(2000) for sign in (1, -1))
        comb.down = next(wish + by for by in steps if all(abs(wish + by - at) >= KEEP_OFF for at in others))
        taken.append((comb.down, comb.number))


def _over_a_child(wish: int, comb: _Comb) -> int:
    """The same, or straight over a child who is near: a line with a small step in it reads badly."""
    left, right = min(comb.ends.values()), max(comb.ends.values())
    near = [at for at in comb.teeth.values() if abs(at - wish) <= TRACK and (left < at < right or left == right)]
    return min(near, key=lambda at: (abs(at - wish), at), default=wish)


def _tracks(combs: list[_Comb], of: str, which: str, *, longest_first: bool = False) -> int:
    """Give each line a height at which it meets no other, the shortest nearest the row. How many heights there are."""
    spans = sorted(
        ((*getattr(comb, of), comb) for comb in combs if getattr(comb, of)[0] != getattr(comb, of)[1]),
        key=lambda span: ((span[0] - span[1]) if longest_first else (span[1] - span[0]), span[2].number),
    )
    tracks: list[list[tuple[int, int]]] = []
    for left, right, comb in spans:
        meets = [any(left <= end + KEEP_OFF and start <= right + KEEP_OFF for start, end in used) for used in tracks]
        number = len(meets) - list(reversed(meets)).index(True) if any(meets) and of == "line" else 0
        if of == "bar":
            number = next((place for place, met in enumerate(meets) if not met), len(meets))
        if number == len(tracks):
            tracks.append([])
        tracks[number].append((left, right))
        setattr(comb, which, number)
    return len(tracks)


def _fewest_crossings(combs: list[_Comb]) -> int:
    """Heights of the bars, the longest or the shortest first, whichever lets fewer lines cross."""
    counts = {}
    for longest in (True, False):
        _tracks(combs, "bar", "lower", longest_first=longest)
        crossed = 0
        for one in combs:
            for other in combs:
                left, right = other.bar
                if one is other or left == right:
                    continue
                crossed += sum(left < at < right for at in one.teeth.values() if one.lower < other.lower)
                crossed += one.down is not None and left < one.down < right and one.lower > other.lower
        counts[longest] = crossed
    return _tracks(combs, "bar", "lower", longest_first=counts[True] <= counts[False])


def _strokes(
    comb: _Comb,
    first: int,
    rise: int,
    middles: tuple[int, int],
    x: dict[str, int],
    edge: Edge,
) -> Iterable[Stroke]:
    """The pieces of one union's line from its parents down to its children."""
    number, above, below = comb.number, *middles
    line, bar = first + TRACK * comb.upper, rise + TRACK * comb.lower
    left, right = comb.line
    straight = left == right
    turn = line if not straight else bar if comb.bar[0] != comb.bar[1] else rise - TRACK // 2
    if not comb.ends:
        turn = bar
    for parent, at in comb.ends.items():
        yield Stroke(number, at, above + edge(parent, at - x[parent])[1], at, turn, parent=parent)
    if not straight:
        yield Stroke(number, left, line, right, line)
    left, right = comb.bar
    begin = turn if left == right else bar
    if comb.down is not None and turn != begin:
        yield Stroke(number, comb.down, turn, comb.down, begin)
    if left != right:
        yield Stroke(number, left, bar, right, bar)
    for child, at in comb.teeth.items():
        top = below - edge(child, at - x[child])[0]
        yield Stroke(number, at, begin, at, top, hang=comb.union.children[child], child=child)


def _cut(drawn: Drawn, comb: _Comb, combs: list[_Comb], first: int) -> None:
    """Where the line of people who have parted is struck through: as far as may be from anything that meets it."""
    left, right = comb.line
    if not comb.union.former or left == right:
        return
    meets = [at for other in combs for at in (*other.ends.values(), other.down) if at is not None]
    at = max(range(left + 8, right - 7, 2), key=lambda here: (min(abs(here - one) for one in meets), -here))
    drawn.cuts.append((at, first + TRACK * comb.upper))


def _bridges(strokes: list[Stroke]) -> set[tuple[int, int]]:
    """Where an upright line passes over a level line of other people."""
    level = [stroke for stroke in strokes if not stroke.upright]
    return {
        (up.x1, flat.y1)
        for up in strokes
        for flat in level
        if up.upright and up.union != flat.union and flat.x1 < up.x1 < flat.x2 and up.y1 < flat.y1 < up.y2
    }
