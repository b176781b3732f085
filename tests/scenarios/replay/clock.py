"""The months of a replay: what is done in each, and what the nightly jobs raise and take back at its end."""

import datetime
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from cases.actions import watching as cases_watching
from cases.models import Flag
from cases.vocabulary import FlagRule
from referrals.actions import watching, watching_families
from referrals.models import HubFlag
from referrals.vocabulary import HubRule
from tests.conftest import as_worker

NIGHTLY: dict[str, Callable[..., object]] = {
    watching_families.JOB: watching_families.sweep,
    watching.JOB: watching.sweep,
    cases_watching.JOB: cases_watching.sweep,
}


@dataclass(frozen=True)
class Line:
    """Something a day of the replay shows: what happened ("event"), what somebody did ("step") or the jobs ("job")."""

    on: datetime.date
    sort: str
    words: str
    code: str = ""


@dataclass
class Replay:
    """The lines so far, and which flags stand open."""

    lines: list[Line] = field(default_factory=list)
    known: dict[object, str] = field(default_factory=dict)

    def say(self, on: datetime.date, sort: str, words: str, code: str = "") -> None:
        """Add a line."""
        self.lines.append(Line(on, sort, words, code))

    def first(self, code: str, after: datetime.date = datetime.date.min) -> datetime.date:
        """The first day on or after `after` with a line of this code."""
        return min(line.on for line in self.lines if line.code == code and line.on >= after)

    def night(self, on: datetime.date) -> None:
        """Run the nightly jobs as on this day, and say what they changed."""
        self.run(on, 2, NIGHTLY)

    def run(self, on: datetime.date, hour: int, jobs: Iterable[str]) -> None:
        """Run these jobs as the worker runs them, at an hour (UTC) of this day, and say what they changed."""
        now = datetime.datetime.combine(on, datetime.time(hour), datetime.UTC)
        for job in jobs:
            with as_worker(job):
                NIGHTLY[job](as_of=on, now=now)
        found: dict[object, tuple[str, str]] = {
            flag.pk: (f"hub {flag.rule}", HubRule(flag.rule).label) for flag in HubFlag.objects.filter(cleared_at=None)
        }
        found |= {f.pk: (f"case {f.rule}", FlagRule(f.rule).label) for f in Flag.objects.filter(cleared_at=None)}
        before, after = set(self.known.values()), {code for code, _ in found.values()}
        labels = dict(found.values())
        for code in sorted({code for key, (code, _) in found.items() if key not in self.known}):
            whose = "the hub" if code.startswith("hub ") else "the lead practitioner"
            self.say(on, "job", f"Flag for {whose}: {labels[code]}.", code)
        for code in sorted(before - after):
            self.say(on, "job", f"The flag goes: {_label(code)}.", f"gone {code}")
        self.known = {key: code for key, (code, _) in found.items()}


def _label(code: str) -> str:
    whose, _, rule = code.partition(" ")
    return str(HubRule(rule).label if whose == "hub" else FlagRule(rule).label)


def month_ends(first: datetime.date, last: datetime.date) -> list[datetime.date]:
    """The last day of each month from one to another."""
    ends = []
    day = first.replace(day=1)
    while day <= last:
        following = (day + datetime.timedelta(days=32)).replace(day=1)
        ends.append(following - datetime.timedelta(days=1))
        day = following
    return ends
