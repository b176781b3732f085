"""What a mutant is: one small change of one file, with a name that stays the same while its surroundings do."""

import difflib
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True)
class Change:
    """source[start:end] becomes `new`, inside `within` (a function, a policy, a statement), by this operator."""

    within: str
    operator: str
    start: int
    end: int
    new: str


@dataclass(frozen=True)
class Mutant:
    """A change of one file. `ordinal` counts from 1 among changes by the same operator in the same place."""

    file: str
    change: Change
    ordinal: int
    source: str

    @property
    def key(self) -> str:
        """Its stable id."""
        return f"{self.file}:{self.change.within}:{self.change.operator}:{self.ordinal}"

    @property
    def line(self) -> int:
        """Where it is, for people."""
        return self.source.count("\n", 0, self.change.start) + 1

    @property
    def mutated(self) -> str:
        """The whole file with the change made."""
        return self.source[: self.change.start] + self.change.new + self.source[self.change.end :]

    @property
    def words(self) -> str:
        """Was and is, on one line. An explanation keeps them, so that it cannot pass to another mutant unseen."""
        was, new = self.source[self.change.start : self.change.end], self.change.new
        begins = self.source.rfind("\n", 0, self.change.start) + 1
        ends = self.source.find("\n", self.change.end)
        before = self.source[begins : self.change.start]
        after = self.source[self.change.end : ends if ends >= 0 else len(self.source)]
        return " ".join(f"{before}[{was} -> {new}]{after}".split())

    def diff(self) -> str:
        """A unified diff with one line around it."""
        lines = difflib.unified_diff(
            self.source.splitlines(), self.mutated.splitlines(), self.file, self.file, lineterm="", n=1
        )
        return "\n".join(lines)


def numbered(file: str, source: str, changes: Iterable[Change]) -> list[Mutant]:
    """Mutants of one file in the order of the file; two changes that write the same text are one."""
    counts: Counter[tuple[str, str]] = Counter()
    seen: set[str] = set()
    found = []
    for change in sorted(changes, key=lambda c: (c.start, c.end, c.operator, c.new)):
        counts[change.within, change.operator] += 1
        mutant = Mutant(file, change, counts[change.within, change.operator], source)
        if mutant.mutated not in seen and mutant.mutated != source:
            seen.add(mutant.mutated)
            found.append(mutant)
    return found
