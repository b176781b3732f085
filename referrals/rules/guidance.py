"""Guidance as plain values: help beside a sign, and cards read in two minutes. The words are data (referrals/guidance).

A text somebody may have read never changes: a change is a file with the next number, and the newest is shown.
"""

from typing import NamedTuple

WORDS_A_MINUTE = 200
MINUTES = 2
"""How long a card may take to read: 400 words."""


class Help(NamedTuple):
    """Beside one sign: why it matters, what to ask or look at next, and what must stand in sight at once."""

    why: str
    ask: tuple[str, ...]
    at_once: str = ""


class Part(NamedTuple):
    """One heading of a card with its lines."""

    heading: str
    lines: tuple[str, ...]


class Card(NamedTuple):
    """One matter an officer should know, in the version of one file."""

    slug: str
    version: int
    title: str
    parts: tuple[Part, ...]

    @property
    def words(self) -> int:
        """How many words there are to read."""
        said = [self.title, *(line for part in self.parts for line in (part.heading, *part.lines))]
        return sum(len(line.split()) for line in said)
