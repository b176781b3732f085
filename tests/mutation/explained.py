"""Mutants that survive with a reason: tests/mutation/explained.toml."""

import tomllib
from pathlib import Path

from tests.mutation.mutants import Mutant

PATH = Path(__file__).parent / "explained.toml"


def explanations() -> dict[str, tuple[str, str]]:
    """Stable id -> (what the mutant changes, why no test can notice)."""
    said = tomllib.loads(PATH.read_text(encoding="utf-8"))
    return {key: (words, one["why"]) for one in said.get("because", []) for key, words in one["mutants"].items()}


def faults(mutants: list[Mutant]) -> list[str]:
    """Explanations whose mutant is gone or has become another change."""
    there = {m.key: m.words for m in mutants}
    return [
        f"{key} is explained but {'changes something else now' if key in there else 'is not there any more'}"
        for key, (words, _) in explanations().items()
        if there.get(key) != words
    ]
