"""The replay as a page of the documentation."""

import datetime
from dataclasses import dataclass
from pathlib import Path

from tests.database import ROOT
from tests.scenarios.replay.clock import Line, Replay

PATH: Path = ROOT / "docs" / "generated" / "craigs-case.md"
BORN = datetime.date(1997, 5, 14)
HEAD = """# Craig's case, replayed

Drawn by `bin/replay`; do not edit. A serious case's events, names changed, replayed month by month through today's
verbs and nightly jobs: what would have been raised, for whom, and when. What people do between the events is ours, and
as little as the events say; the events are in [scenarios/craig](../../scenarios/craig). Jobs run here when a report
comes in and on the last night of each month, so a flag may be later than in life. Bank holidays of those years count as
working days.
"""


@dataclass(frozen=True)
class Check:
    """What the replay must show: the first line of a code, within these days."""

    name: str
    says: str
    code: str
    first: datetime.date
    last: datetime.date


def _month(year: int, month: int) -> datetime.date:
    return datetime.date(year, month, 1)


CHECKS = (
    Check("A5", "Needs of several kinds, by the fifth birth", "hub many_needs", _month(1998, 6), _month(2000, 12)),
    Check("A5", "Frequent moves, while the family moves", "hub moved_often", _month(1999, 5), _month(2001, 6)),
    Check("A6", "A third contact in a year, though each ended in nothing", "hub repeat_year", _month(2005, 7),
          _month(2005, 8)),
    Check("A7", "Six children on one incident, four hours", "red", _month(2005, 11), _month(2005, 12)),
    Check("A8", "Keeping in touch when the children go home", "watch begins", _month(2006, 2), _month(2006, 3)),
    Check("A8", "A report inside the watch is known as one", "inside the watch", _month(2006, 5), _month(2006, 6)),
    Check("A8", "The lead hears of that report", "lead told", _month(2006, 5), _month(2006, 6)),
    Check("A8", "A second step-down needs a manager", "refused no_sign_off", _month(2006, 7), _month(2006, 8)),
    Check("J10", "The lead is told of Ron's release within 28 days before it", "case release_due", _month(2006, 10),
          _month(2006, 11)),
    Check("A9", "A manager signs that help is declined", "declined", _month(2007, 5), _month(2007, 6)),
    Check("A9", "Whoever reported is told", "referrer told", _month(2007, 5), _month(2007, 6)),
    Check("A9", "The next report comes with that", "hub back_again", _month(2007, 6), _month(2007, 7)),
    Check("A10", "The school hears the same day", "heard", _month(2007, 6), _month(2007, 7)),
    Check("A12", "Social care has dropped away", "case agency_away", _month(2008, 4), _month(2008, 7)),
    Check("A12", "Two reviews and no action finished", "case nothing_done", _month(2008, 5), _month(2008, 7)),
)  # fmt: skip
"""Domain, section 6.1: within which months each must be seen."""


def drawn(replay: Replay) -> str:
    """The page, in Markdown."""
    found = [(check, replay.first(check.code, check.first)) for check in CHECKS]
    rows = [f"| {check.name} | {check.says} | {day:%-d %B %Y}, Craig is {_age(day)} |" for check, day in found]
    table = ["| Check | What it asks for | First seen |", "| --- | --- | --- |", *rows]
    months: dict[str, list[Line]] = {}
    for line in sorted(replay.lines, key=lambda line: line.on):
        months.setdefault(f"{line.on:%B %Y}", []).append(line)
    story = [part for month, lines in months.items() for part in (f"\n### {month}\n", *map(_said, lines))]
    return "\n".join([HEAD, *table, "", "## Month by month", *story, ""])


def _said(line: Line) -> str:
    if line.sort == "event":
        return f"- **{line.words}**"
    return f"- {line.on.day}: {line.words}"


def _age(day: datetime.date) -> int:
    return day.year - BORN.year - ((day.month, day.day) < (BORN.month, BORN.day))
