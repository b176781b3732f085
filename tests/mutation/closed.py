"""Functions of which every mutant was killed or is explained: tests/mutation/closed.txt, so work can go on anywhere.

One line each: a digest of all its mutants, how many they are, its name. A function that has changed since has another
digest, and its mutants are new. Only `--resume` believes the file; without it every mutant is tried again.
"""

import hashlib
from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path

from tests.mutation.mutants import Mutant

PATH = Path(__file__).parent / "closed.txt"


def groups(mutants: Iterable[Mutant]) -> dict[str, list[Mutant]]:
    """Mutants by file and function, in the order of the files."""
    found: dict[str, list[Mutant]] = defaultdict(list)
    for mutant in mutants:
        found[f"{mutant.file}:{mutant.change.within}"].append(mutant)
    return dict(found)


def read(everything: list[Mutant], path: Path = PATH) -> set[str]:
    """Keys of the mutants whose function is closed and has not changed since."""
    lines = set(path.read_text(encoding="utf-8").splitlines()) if path.exists() else set()
    return {m.key for name, mine in groups(everything).items() if _line(name, mine) in lines for m in mine}


def write(everything: list[Mutant], done: set[str], path: Path = PATH) -> None:
    """Keep the functions whose mutants are all `done`, beside those kept already."""
    done = done | read(everything, path)
    lines = [_line(name, mine) for name, mine in groups(everything).items() if {m.key for m in mine} <= done]
    path.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")


def _line(name: str, mutants: list[Mutant]) -> str:
    words = "\n".join(f"{m.key} {m.words}" for m in mutants)
    return f"{hashlib.sha256(words.encode()).hexdigest()[:16]} {len(mutants)} {name}"
