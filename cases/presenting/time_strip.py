"""A family's history on one strip: how much happened when, who told of it, long silences, where the help moved.

Plain Python: counts by month in, positions out; and the same in words.
"""

import datetime
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple
from uuid import UUID

LEFT = 190
"""Room for the names of agencies, in pixels."""
WIDTH = 760
"""Width of the strip itself."""
TALLEST = 60
ROW = 22
AGENCIES_SHOWN = 8
LEAST_MONTHS = 12
"""A shorter history is drawn within a year, so that one busy month is not all there is."""
MOST_COLUMNS = 60
SILENCE = 6
"""Months without anything that are called a silence (PROPOSAL: half a year; D12 returns a family within it)."""
BURST = 3
"""A span with so many times the usual number is called a burst."""
LEAST_BURST = 4
NAME_LETTERS = 26


class Moved(NamedTuple):
    """A child's case moved."""

    on: datetime.date
    words: str


@dataclass(frozen=True)
class Bar:
    """One span of months: so many happenings."""

    x: int
    y: int
    width: int
    height: int
    words: str
    number: int
    burst: bool


@dataclass(frozen=True)
class Dot:
    """An agency told of something in a span."""

    x: int
    y: int
    radius: int
    words: str


@dataclass(frozen=True)
class Line:
    """One agency's line of the strip, and the same in words."""

    name: str
    short: str
    y: int
    text_y: int
    dots: list[Dot]
    number: int
    first: str
    last: str


@dataclass(frozen=True)
class Mark:
    """Where something stands along the strip: a year, a move."""

    x: int
    y: int
    words: str


@dataclass(frozen=True)
class Strip:
    """The strip, ready to draw, and what to say of it."""

    width: int
    height: int
    base: int
    bars: list[Bar]
    silences: list[tuple[int, int]]
    lines: list[Line]
    years: list[Mark]
    moves: list[Mark]
    bursts: list[str]
    quiet: list[str]
    moved: list[str]
    months_each: int
    number: int


def time_strip(
    by_month: Mapping[tuple[datetime.date, UUID], int],
    agencies: Mapping[UUID, str],
    moves: Sequence[Moved],
    *,
    today: datetime.date,
) -> Strip | None:
    """How much each agency told of in each month, drawn; None where nothing is dated. `agencies`: the busiest first.

    Spans are months, or as many months together as let sixty columns hold everything until today.
    """
    dated = {key: number for key, number in by_month.items() if number}
    if not dated:
        return None
    last = max(month_of(today), max(month for month, _ in dated))
    first = min(min(month for month, _ in dated), later_month(last, 1 - LEAST_MONTHS))
    along = between_months(first, last) + 1
    each = -(-along // MOST_COLUMNS)
    columns = -(-along // each)
    wide = WIDTH // columns
    totals: Counter[int] = Counter()
    told: dict[UUID, Counter[int]] = {agency: Counter() for agency in agencies}
    for (month, agency), number in dated.items():
        column = between_months(first, month) // each
        totals[column] += number
        told[agency][column] += number
    spans = [say_months(later_month(first, column * each), each) for column in range(columns)]
    busy = sorted(totals.values())
    usual = busy[len(busy) // 2]
    most = max(busy)
    base = 24 + TALLEST
    bursts = {column for column, number in totals.items() if number >= max(BURST * usual, LEAST_BURST)}
    bars = [
        Bar(
            x=LEFT + column * wide,
            y=base - _tall(number, most),
            width=max(wide - 1, 2),
            height=_tall(number, most),
            words=f"{spans[column]}: {number}",
            number=number,
            burst=column in bursts,
        )
        for column, number in sorted(totals.items())
    ]
    gaps = _silences(sorted(totals), each, columns)
    moved_at = base + 18
    lines = _lines(agencies, told, spans, wide, most, top=moved_at + (14 if moves else 0))
    shown = [one for one in moves if first <= month_of(one.on) <= last]
    marks = [
        Mark(LEFT + between_months(first, month_of(one.on)) // each * wide + wide // 2, moved_at, _dated(one))
        for one in shown
    ]
    years = [
        Mark(LEFT + between_months(first, datetime.date(year, 1, 1)) * wide // each, 14, str(year))
        for year in range(first.year + (first.month > 1), last.year + 1)
    ]
    apart = max(1, 44 * each // max(12 * wide, 1) + 1)
    return Strip(
        width=LEFT + columns * wide + 10,
        height=(lines[-1].y if lines else moved_at) + ROW,
        base=base,
        bars=bars,
        silences=[(LEFT + start * wide, (end - start) * wide) for start, end in gaps],
        lines=lines,
        years=[mark for place, mark in enumerate(years) if place % apart == 0],
        moves=marks,
        bursts=[f"{spans[column]} ({totals[column]})" for column in sorted(bursts)],
        quiet=[_gap_said(first, start, end, each) for start, end in gaps],
        moved=[_dated(one) for one in moves],
        months_each=each,
        number=sum(totals.values()),
    )


def _lines(
    agencies: Mapping[UUID, str],
    told: Mapping[UUID, Counter[int]],
    spans: Sequence[str],
    wide: int,
    most: int,
    *,
    top: int,
) -> list[Line]:
    shown = [agency for agency in agencies if told[agency]][:AGENCIES_SHOWN]
    lines = []
    for place, agency in enumerate(shown):
        name, y = agencies[agency], top + ROW // 2 + ROW * place
        columns = sorted(told[agency])
        dots = [
            Dot(
                LEFT + column * wide + wide // 2,
                y,
                min(3 + 5 * told[agency][column] // most, max(wide // 2 + 1, 3)),
                f"{name}, {spans[column]}: {told[agency][column]}",
            )
            for column in columns
        ]
        short = name if len(name) <= NAME_LETTERS else name[: NAME_LETTERS - 1].rstrip() + "…"
        number = sum(told[agency].values())
        lines.append(Line(name, short, y, y + 5, dots, number, spans[columns[0]], spans[columns[-1]]))
    return lines


def _silences(columns: Sequence[int], each: int, until: int) -> list[tuple[int, int]]:
    """Spans without anything between others, or after the last, of SILENCE months or more: from, up to."""
    ends = [*columns[1:], until]
    found = [(one + 1, other) for one, other in zip(columns, ends, strict=True)]
    return [(start, end) for start, end in found if (end - start) * each >= SILENCE]


def _tall(number: int, most: int) -> int:
    return max(3, TALLEST * number // most)


def month_of(day: datetime.date) -> datetime.date:
    """The first day of its month."""
    return day.replace(day=1)


def between_months(first: datetime.date, month: datetime.date) -> int:
    """How many months the second is after the first."""
    return (month.year - first.year) * 12 + month.month - first.month


def later_month(first: datetime.date, months: int) -> datetime.date:
    """The first day of the month so many months later."""
    years, month = divmod(first.month - 1 + months, 12)
    return datetime.date(first.year + years, month + 1, 1)


def say_months(first: datetime.date, each: int) -> str:
    """'March 2024', or 'March to May 2024'."""
    last = later_month(first, each - 1)
    if first == last:
        return f"{first:%B %Y}"
    return f"{first:%B} to {last:%B %Y}" if first.year == last.year else f"{first:%B %Y} to {last:%B %Y}"


def _gap_said(first: datetime.date, start: int, end: int, each: int) -> str:
    return say_months(later_month(first, start * each), (end - start) * each)


def _dated(one: Moved) -> str:
    return f"{one.words}, {one.on.day} {one.on:%B %Y}"
