"""A version of the weights of matching as a file: written where they are learned, read to put them into use."""

import datetime
import json
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass


class Unreadable(ValueError):
    """The file is no version of the weights; says why."""


@dataclass(frozen=True)
class WeightsFile:
    """One version, and the version it was learned beside: it is put into use on top of that one only."""

    version: int
    weights: Mapping[str, float]
    likely_from: float
    ask_from: float
    show_from: float
    how_learned: str
    learned_on: datetime.date

    def text(self) -> str:
        """As TOML."""
        lines = [
            "# What agreement weighs: natural logarithms of odds. Not in use until a person puts it into use.",
            f"version = {self.version}",
            f"how_learned = {json.dumps(self.how_learned)}",
            f"learned_on = {self.learned_on}",
            f"likely_from = {self.likely_from}",
            f"ask_from = {self.ask_from}",
            f"show_from = {self.show_from}",
            "",
            "[weights]",
            *(f"{code} = {float(weight)}" for code, weight in self.weights.items()),
        ]
        return "\n".join(lines) + "\n"


def read(text: str) -> WeightsFile:
    """The version in a file; raises Unreadable where a part is missing or is no number."""
    try:
        said = tomllib.loads(text)
        return WeightsFile(
            version=int(said["version"]),
            weights={str(code): float(weight) for code, weight in said["weights"].items()},
            likely_from=float(said["likely_from"]),
            ask_from=float(said["ask_from"]),
            show_from=float(said["show_from"]),
            how_learned=str(said["how_learned"]),
            learned_on=said["learned_on"],
        )
    except (tomllib.TOMLDecodeError, KeyError, TypeError, ValueError, AttributeError) as wrong:
        raise Unreadable(f"This is no file of weights: {wrong!r}.") from None
