"""The family as a picture: symbols, names and lines with their places, or whom it cannot place.

Plain Python: people and ties in, positions and lines out. The same input always gives the same picture.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from math import isqrt

from cases.presenting.kinship import Hang, Kinship, Tie, kinship
from cases.presenting.lines import HALF, Drawn, Stroke, crowded, lines
from cases.presenting.rows import Room, places

LINE_HEIGHT = 16
LETTER = 9
"""Width of a letter of the names in pixels, on the generous side: no name runs into the next symbol."""
LETTERS_A_LINE = 7
"""Words are put together on one line up to here: narrow people let a family stand on one screen."""
LONGEST_WORD = 14
MOST_LETTERS = 42
BESIDE = 6
MARGIN = 10
STAND_IN = Room(6, 6)


class Shape(StrEnum):
    """What stands for somebody, as genograms have it."""

    SQUARE = "square"
    CIRCLE = "circle"
    DIAMOND = "diamond"
    TRIANGLE = "triangle"


@dataclass(frozen=True)
class Sitter:
    """Somebody to be drawn. `inside` stands in the symbol (an age), `notes` below the name."""

    key: str
    name: str
    shape: Shape
    is_child: bool
    inside: str = ""
    notes: tuple[str, ...] = ()
    has_died: bool = False
    in_case: bool = False


@dataclass(frozen=True)
class Words:
    """One line of words beside a symbol."""

    text: str
    y: int
    is_name: bool


@dataclass(frozen=True)
class Symbol:
    """Somebody as drawn: the middle of the symbol, and the words to its right."""

    sitter: Sitter
    x: int
    y: int
    words: list[Words]
    words_x: int
    right: int

    @property
    def left(self) -> int:
        """Where the symbol begins."""
        return self.x - HALF

    @property
    def top(self) -> int:
        """Where the symbol begins, from above."""
        return self.y - HALF

    @property
    def points(self) -> str:
        """The corners of a diamond or a triangle."""
        x, y = self.x, self.y
        corners = [(x, y - HALF), (x + HALF, y), (x, y + HALF), (x - HALF, y)]
        if self.sitter.shape == Shape.TRIANGLE:
            corners = [(x, y - HALF), (x + HALF, y + HALF), (x - HALF, y + HALF)]
        return " ".join(f"{across},{down}" for across, down in corners)


@dataclass(frozen=True)
class Genogram:
    """A picture of a family, or the people because of whom there is none."""

    symbols: list[Symbol]
    strokes: list[Stroke]
    bridges: list[tuple[int, int]]
    cuts: list[tuple[int, int]]
    width: int
    height: int
    family: Kinship
    cannot: list[str]

    @property
    def hangs(self) -> set[Hang]:
        """How children hang in this picture: what its key has to explain."""
        return {hang for union in self.family.unions for hang in union.children.values()}

    @property
    def shapes(self) -> list[Shape]:
        """The shapes in this picture."""
        used = {symbol.sitter.shape for symbol in self.symbols}
        return [shape for shape in Shape if shape in used]

    @property
    def generations(self) -> int:
        """How many rows of people."""
        return len({symbol.y for symbol in self.symbols})


def genogram(people: Sequence[Sitter], ties: Sequence[Tie]) -> Genogram:
    """Everybody of `people` drawn once, brothers and sisters from left to right as they come (the eldest first).

    Of whom the ties contradict each other, and who has more lines than a symbol has room for, is in `cannot`; then
    nothing is drawn.
    """
    family = kinship([one.key for one in people], [one.key for one in people if one.is_child], ties)
    cannot = family.cannot or crowded(family)
    if cannot:
        return Genogram([], [], [], [], 0, 0, family, [one for one in cannot if one not in family.unseen])
    said = {one.key: _words(one) for one in people}
    rooms = {one.key: _room(said[one.key]) for one in people} | dict.fromkeys(family.unseen, STAND_IN)
    x = {key: at + MARGIN for key, at in places(family, rooms).items()}
    shapes = {one.key: one.shape for one in people}
    halves = {
        row: max(max(HALF, LINE_HEIGHT * len(said[key]) // 2) for key in said if family.rows[key] == row)
        if any(family.rows[key] == row for key in said)
        else HALF
        for row in set(family.rows.values())
    }
    drawn = lines(family, x, halves, lambda one, beside: _edge(shapes.get(one), beside))
    return _picture(people, family, x, said, rooms, drawn)


def _picture(
    people: Sequence[Sitter],
    family: Kinship,
    x: dict[str, int],
    said: dict[str, list[str]],
    rooms: dict[str, Room],
    drawn: Drawn,
) -> Genogram:
    symbols = []
    for one in people:
        middle = drawn.heights[family.rows[one.key]]
        first = middle - LINE_HEIGHT * len(said[one.key]) // 2 + 12
        names = len(_broken(one.name))
        words = [Words(text, first + LINE_HEIGHT * number, number < names) for number, text in enumerate(said[one.key])]
        at = x[one.key]
        symbols.append(Symbol(one, at, middle, words, at + HALF + BESIDE, at + rooms[one.key].right))
    reach = [symbol.right for symbol in symbols] + [max(stroke.x1, stroke.x2) for stroke in drawn.strokes]
    low = min([0, *(min(stroke.x1, stroke.x2) - MARGIN for stroke in drawn.strokes)])
    width, height = max(reach, default=0) + MARGIN, drawn.bottom + MARGIN
    if low < 0:
        raise ValueError("a line runs off the picture")
    return Genogram(symbols, drawn.strokes, drawn.bridges, drawn.cuts, width, height, family, [])


def _words(one: Sitter) -> list[str]:
    notes = [line for note in one.notes for line in _broken(note)]
    return [*_broken(one.name), *notes]


def _broken(text: str) -> list[str]:
    """Words on short lines; a very long word is broken, a very long text is cut."""
    short = text if len(text) <= MOST_LETTERS else text[: MOST_LETTERS - 1].rstrip() + "…"
    lines_: list[str] = []
    for word in short.split():
        pieces = [word[at : at + LONGEST_WORD] for at in range(0, len(word), LONGEST_WORD)]
        for piece in pieces:
            if lines_ and len(lines_[-1]) + 1 + len(piece) <= LETTERS_A_LINE:
                lines_[-1] += f" {piece}"
            else:
                lines_.append(piece)
    return lines_


def _room(words: list[str]) -> Room:
    longest = max((len(line) for line in words), default=0)
    return Room(HALF + 2, HALF + BESIDE + LETTER * longest)


def _edge(shape: Shape | None, beside: int) -> tuple[int, int]:
    """How far a symbol reaches up and down, so many pixels beside its middle. A stand-in is a point."""
    away = min(abs(beside), HALF)
    if shape is None:
        return 0, 0
    if shape == Shape.CIRCLE:
        reach = isqrt(HALF * HALF - away * away)
        return reach, reach
    if shape == Shape.DIAMOND:
        return HALF - away, HALF - away
    if shape == Shape.TRIANGLE:
        return HALF - 2 * away, HALF
    return HALF, HALF
