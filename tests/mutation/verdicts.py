"""What became of each mutant, kept in a file so that a run can be stopped and gone on with."""

import hashlib
import json
from collections import Counter
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from pathlib import Path

from tests.database import ROOT
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


def _fingerprint() -> str:
    """Of everything that a test's outcome hangs on."""
    digest = hashlib.sha256()
    for top in ("tests", "sharing_agreements", "cases", "referrals", "earlyhelp"):
        for path in sorted([*(ROOT / top).rglob("*.py"), *(ROOT / top).rglob("*.sql")]):
            if path.parent.name == "mutation" and not path.name.startswith("killing"):
                continue
            digest.update(path.read_bytes())
    return digest.hexdigest()


class Ledger:
    """Verdicts so far, newest last; and which tests have killed what, to try the likeliest killer first."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.known: dict[str, Verdict] = {}
        self.kills: Counter[tuple[str, str]] = Counter()
        self.took: dict[str, float] = {}

    def load(self) -> None:
        """What earlier runs found."""
        if self.path.exists():
            for line in self.path.read_text(encoding="utf-8").splitlines():
                self._count(Verdict(**json.loads(line)))

        green = self.path.with_name("green.json")
        if green.exists():
            kept = json.loads(green.read_text(encoding="utf-8"))
            self.took = kept["took"] if kept["of"] == _fingerprint() else {}

    def write_green(self, took: dict[str, float]) -> None:
        """These tests pass without any mutant, in so many seconds each; true until a file changes."""
        self.took.update(took)
        self.path.parent.mkdir(parents=True, exist_ok=True)
        kept = {"of": _fingerprint(), "took": self.took}
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
        """The tests in the order to try them: those that kill most for their time, here, in this file, anywhere."""
        here = f"{mutant.file}:{mutant.change.within}"

        def worth(test: str) -> float:
            kills = self.kills[here, test] + self.kills[mutant.file, test] / 5 + self.kills["", test] / 100 + 0.01
            return -kills / (self.took.get(test, 0.2) + 0.02)

        return sorted(tests, key=worth)
