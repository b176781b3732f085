"""Needs over time: under which of the ten headings something was needed, month by month. A count, and never a score.

Plain Python: needs with their days in, positions out; and the same in words.
"""

import datetime
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from cases.presenting.time_strip import MOST_COLUMNS, Mark, between_months, later_month, month_of, say_months
from cases.vocabulary import OutcomeHeading

LEFT = 330
WIDTH = 590
ROW = 26
TALLEST = 60


@dataclass(frozen=True)
class NeedDays:
    """One need: its heading, and from which day to which (None: it is open)."""

    heading: OutcomeHeading
    first: datetime.date
    last: datetime.date | None


@dataclass(frozen=True)
class Run:
    """Months in which something was needed under a heading."""

    x: int
    y: int
    width: int
    words: str


@dataclass(frozen=True)
class HeadingLine:
    """One of the ten headings: what stands in the picture, and what in the table."""

    name: str
    text_y: int
    runs: list[Run]
    needs: int
    open_now: int

    @property
    def when(self) -> str:
        """Every spell in words."""
        return "; ".join(run.words for run in self.runs)


@dataclass(frozen=True)
class Column:
    """How many headings a span of months counts."""

    x: int
    y: int
    width: int
    height: int
    count: int
    words: str


@dataclass(frozen=True)
class NeedsGrid:
    """The picture, and what to say of it."""

    width: int
    height: int
    base: int
    columns: list[Column]
    lines: list[HeadingLine]
    years: list[Mark]
    now: int
    ever: int
    most: int
    most_when: str


def needs_grid(needs: Iterable[NeedDays], *, today: datetime.date) -> NeedsGrid | None:
    """The ten headings through time; None where no need is known.

    A heading counts in a span of months when at least one need under it was open on some day of it, so several needs
    under one heading count once, and a need that ended stops counting. Nothing is weighed or added up beyond that.
    """
    known = sorted(needs, key=lambda need: (need.first, need.heading))
    if not known:
        return None
    first = month_of(known[0].first)
    along = max(between_months(first, month_of(today)) + 1, 1)
    each = -(-along // MOST_COLUMNS)
    spans = -(-along // each)
    wide = WIDTH // max(spans, 6)
    open_in = {
        heading: [_open(known, heading, later_month(first, at * each), each) for at in range(spans)]
        for heading in OutcomeHeading
    }
    counts = [sum(held[at] for held in open_in.values()) for at in range(spans)]
    base = 24 + TALLEST
    columns = [
        Column(
            x=LEFT + at * wide,
            y=base - TALLEST * count // len(OutcomeHeading),
            width=max(wide - 1, 2),
            height=TALLEST * count // len(OutcomeHeading),
            count=count,
            words=f"{say_months(later_month(first, at * each), each)}: {count} of ten",
        )
        for at, count in enumerate(counts)
    ]
    lines = [
        _line(heading, held, known, (first, each, wide), base + 12 + ROW * place, today)
        for place, (heading, held) in enumerate(open_in.items())
    ]
    years = [
        Mark(LEFT + between_months(first, datetime.date(year, 1, 1)) * wide // each, 14, str(year))
        for year in range(first.year + (first.month > 1), today.year + 1)
    ]
    most = max(counts)
    return NeedsGrid(
        width=LEFT + spans * wide + 10,
        height=base + 12 + ROW * len(lines) + 6,
        base=base,
        columns=columns,
        lines=lines,
        years=years,
        now=sum(1 for line in lines if line.open_now),
        ever=sum(1 for line in lines if line.needs),
        most=most,
        most_when=say_months(later_month(first, counts.index(most) * each), each),
    )


def _open(needs: Sequence[NeedDays], heading: OutcomeHeading, start: datetime.date, each: int) -> bool:
    end = later_month(start, each)
    return any(
        need.heading == heading and need.first < end and (need.last is None or need.last >= start) for need in needs
    )


def _line(
    heading: OutcomeHeading,
    held: Sequence[bool],
    needs: Sequence[NeedDays],
    scale: tuple[datetime.date, int, int],
    top: int,
    today: datetime.date,
) -> HeadingLine:
    first, each, wide = scale
    runs = []
    at = 0
    while at < len(held):
        end = at
        while end < len(held) and held[end]:
            end += 1
        if end > at:
            months = say_months(later_month(first, at * each), (end - at) * each)
            words = f"since {later_month(first, at * each):%B %Y}" if end == len(held) else months
            runs.append(Run(LEFT + at * wide, top + 5, (end - at) * wide - 1, words))
        at = end + 1
    own = [need for need in needs if need.heading == heading]
    open_now = sum(1 for need in own if need.last is None or need.last >= today)
    if not open_now and runs and held[-1]:
        last = max(need.last for need in own if need.last)
        runs[-1] = Run(runs[-1].x, runs[-1].y, runs[-1].width, f"until {last:%B %Y}")
    return HeadingLine(heading.label, top + 17, runs, len(own), open_now)
