"""Agencies and services round a family, as a picture: the family in the middle, each agency tied to it by its part.

Plain Python: who is involved and how in, positions out. Boxes stand in two columns, so no line meets another's box.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

BOX_WIDTH = 250
BOX_GAP = 14
LINE_HEIGHT = 17
LETTERS_A_LINE = 30
MOST_LINES = 4
MIDDLE = 190
"""Width of the middle, where the lines run and the family stands."""
FAMILY = 64
"""Half the width of the circle of the family."""
MARGIN = 10


class Part(StrEnum):
    """What an agency is to the family, the closest first."""

    LEAD = "lead"
    TEAM = "team"
    PLACE = "place"
    HOLDS = "holds"


@dataclass(frozen=True)
class Around:
    """An agency or service, its part, and what to say of it."""

    name: str
    part: Part
    words: str


@dataclass(frozen=True)
class Box:
    """One agency as drawn."""

    around: Around
    x: int
    y: int
    height: int
    lines: list[tuple[str, int, bool]]
    x1: int
    y1: int
    x2: int
    y2: int


@dataclass(frozen=True)
class Ecomap:
    """The picture."""

    boxes: list[Box]
    width: int
    height: int
    x: int
    y: int
    family_lines: list[tuple[str, int]]

    @property
    def parts(self) -> list[Part]:
        """What the key has to explain."""
        used = {box.around.part for box in self.boxes}
        return [part for part in Part if part in used]


def ecomap(name: str, around: Sequence[Around]) -> Ecomap:
    """The family called `name` in the middle; the closest agencies on top, left and right by turns."""
    closest = sorted(around, key=lambda one: (list(Part).index(one.part), one.name))
    columns = [closest[::2], closest[1::2]]
    heights = [[_height(one) for one in column] for column in columns]
    tall = max((sum(column) + BOX_GAP * (len(column) - 1) for column in heights if column), default=0)
    height = max(tall, 2 * FAMILY) + 2 * MARGIN
    middle_x, middle_y = MARGIN + BOX_WIDTH + MIDDLE // 2 + FAMILY // 2, height // 2
    right = middle_x + (middle_x - MARGIN - BOX_WIDTH)
    boxes = []
    for column, own, x in zip(columns, heights, (MARGIN, right), strict=True):
        y = middle_y - (sum(own) + BOX_GAP * (len(own) - 1)) // 2
        for one, tall_ in zip(column, own, strict=True):
            edge = x + BOX_WIDTH if x == MARGIN else x
            centre = y + tall_ // 2
            ends = (edge, centre, *_on_circle(edge, centre, middle_x, middle_y))
            boxes.append(Box(one, x, y, tall_, _lines(one, y), *ends))
            y += tall_ + BOX_GAP
    said = _broken(name, 15)[:MOST_LINES]
    first = middle_y - LINE_HEIGHT * len(said) // 2 + 13
    words = [(line, first + LINE_HEIGHT * number) for number, line in enumerate(said)]
    return Ecomap(boxes, right + BOX_WIDTH + MARGIN, height, middle_x, middle_y, words)


def _on_circle(x: int, y: int, middle_x: int, middle_y: int) -> tuple[int, int]:
    """Where the line from a box meets the family's circle."""
    away = ((x - middle_x) ** 2 + (y - middle_y) ** 2) ** 0.5
    return round(middle_x + (x - middle_x) * FAMILY / away), round(middle_y + (y - middle_y) * FAMILY / away)


def _height(one: Around) -> int:
    return LINE_HEIGHT * len(_words(one)) + 14


def _words(one: Around) -> list[tuple[str, bool]]:
    said = [(line, True) for line in _broken(one.name, LETTERS_A_LINE)[:2]]
    return said + [(line, False) for line in _broken(one.words, LETTERS_A_LINE)[:MOST_LINES]]


def _lines(one: Around, y: int) -> list[tuple[str, int, bool]]:
    return [(text, y + 19 + LINE_HEIGHT * number, bold) for number, (text, bold) in enumerate(_words(one))]


def _broken(text: str, letters: int) -> list[str]:
    lines: list[str] = []
    for word in text.split():
        for piece in (word[at : at + letters] for at in range(0, len(word), letters)):
            if lines and len(lines[-1]) + 1 + len(piece) <= letters:
                lines[-1] += f" {piece}"
            else:
                lines.append(piece)
    return lines
