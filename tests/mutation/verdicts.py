"""What became of each mutant, kept in a file so that a run can be stopped and gone on with."""

import hashlib
import json
from collections import Counter
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from functools import cache
from pathlib import Path
from typing import Any

from tests.database import ROOT
from tests.mutation import calling
from tests.mutation.mutants import Mutant

KILLED, SURVIVED, INVALID = "killed", "survived", "invalid"


@dataclass(frozen=True)
class Verdict:
    """`by`: the test that noticed, "the clock", or why it does not load. `words`: the change when it was tried."""

    key: str
    words: str
    outcome: str
    by: str
    seconds: float


def _is_own(path: Path) -> bool:
    """A file of tests that nothing else hangs on."""
    return path.name.startswith("test_") or path.name == "killing_worlds.py"


def _fingerprint() -> str:
    """Of everything that every test's outcome hangs on."""
    digest = hashlib.sha256()
    for top in ("tests", "sharing_agreements", "cases", "referrals", "earlyhelp"):
        for path in sorted([*(ROOT / top).rglob("*.py"), *(ROOT / top).rglob("*.sql")]):
            if path.parent.name != "mutation" and not (top == "tests" and _is_own(path)):
                digest.update(path.read_bytes())
    return digest.hexdigest()


@cache
def _file_of(test: str) -> str:
    return hashlib.sha256((ROOT / test.partition("::")[0]).read_bytes()).hexdigest()


def _is_as_it_was(test: str, file: str) -> bool:
    return (ROOT / test.partition("::")[0]).exists() and _file_of(test) == file


class Ledger:
    """Verdicts so far, newest last; and which tests have killed what, to try the likeliest killer first."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.known: dict[str, Verdict] = {}
        self.kills: Counter[tuple[str, str]] = Counter()
        self.green: dict[str, dict[str, Any]] = {}
        self.countable: list[str] = []

    def load(self) -> None:
        """What earlier runs found."""
        if self.path.exists():
            for line in self.path.read_text(encoding="utf-8").splitlines():
                self._count(Verdict(**json.loads(line)))

        green = self.path.with_name("green.json")
        kept = json.loads(green.read_text(encoding="utf-8")) if green.exists() else {}
        if kept.get("of") == _fingerprint():
            self.countable = kept["countable"]
            self.green = {test: one for test, one in kept["tests"].items() if _is_as_it_was(test, one["file"])}

    def write_green(
        self, took: dict[str, float], calls: dict[str, list[str]], countable: list[str], *, python: bool
    ) -> None:
        """These tests pass without any mutant, in so many seconds each; true until a file changes."""
        self.countable = countable
        for test, seconds in took.items():
            self.green[test] = {"took": seconds, "calls": calls[test], "python": python, "file": _file_of(test)}
        self.path.parent.mkdir(parents=True, exist_ok=True)
        kept = {"of": _fingerprint(), "countable": countable, "tests": self.green}
        self.path.with_name("green.json").write_text(json.dumps(kept), encoding="utf-8")

    def write(self, verdict: Verdict) -> None:
        """Keep one more."""
        self.path.parent.mkdir(parents=True, exist_ok=True)
        with self.path.open("a", encoding="utf-8") as file:
            file.write(json.dumps(asdict(verdict)) + "\n")
        self._count(verdict)

    def _count(self, verdict: Verdict) -> None:
        self.known[verdict.key] = verdict
        if verdict.outcome == KILLED:
            file, within = verdict.key.split(":")[:2]
            for place in (f"{file}:{within}", file, ""):
                self.kills[place, verdict.by] += 1

    def of(self, mutant: Mutant) -> Verdict | None:
        """What is known of this very change."""
        found = self.known.get(mutant.key)
        return found if found and found.words == mutant.words else None

    def likeliest(self, mutant: Mutant, tests: Iterable[str]) -> list[str]:
        """Those of the tests that can notice, ordered: which kill most for their time, here, in this file, anywhere."""
        here = f"{mutant.file}:{mutant.change.within}"

        def worth(test: str) -> float:
            green = self.green[test]
            kills = self.kills[here, test] + self.kills[mutant.file, test] / 5 + self.kills["", test] / 100
            guess = 0.2 / (1 + len(green["calls"]))  # who calls little is about what it calls
            return -(kills + guess) / (green["took"] + 0.02)

        calls = {test: one["calls"] for test, one in self.green.items()}
        return sorted(calling.askable(mutant, tests, calls, self.countable), key=worth)
