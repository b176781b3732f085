"""Which national programmes count what a family needs, and on what evidence. Pure: needs in, a count with its days out.

A programme pays for help, and the count is for whoever claims it. It is reckoned when somebody asks and kept nowhere:
it is no fact about a family, and no page but its own shows it.
"""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass

from cases.vocabulary import OutcomeHeading

H = OutcomeHeading


@dataclass(frozen=True)
class Programme:
    """Under how many of its criteria a family must need something. A criterion: its words, and our headings."""

    name: str
    needed: int
    criteria: tuple[tuple[str, frozenset[OutcomeHeading]], ...]
    source: str

    @property
    def of(self) -> int:
        """How many criteria there are."""
        return len(self.criteria)


@dataclass(frozen=True)
class Evidence:
    """One open need: under which heading, since which day it is recorded, in which words, and by whom."""

    heading: OutcomeHeading
    recorded_on: datetime.date
    title: str
    owner: str


@dataclass(frozen=True)
class Criterion:
    """One criterion, and what is recorded under it, oldest first."""

    words: str
    evidence: tuple[Evidence, ...]

    @property
    def since(self) -> datetime.date | None:
        """The day of the first evidence."""
        return self.evidence[0].recorded_on if self.evidence else None


@dataclass(frozen=True)
class Counted:
    """A programme, and how a family stands under it today."""

    programme: Programme
    criteria: tuple[Criterion, ...]

    @property
    def met(self) -> int:
        """Criteria with evidence."""
        return sum(1 for one in self.criteria if one.evidence)

    @property
    def is_met(self) -> bool:
        """Whether there are enough."""
        return self.met >= self.programme.needed

    @property
    def since(self) -> datetime.date | None:
        """The day on which there were enough, as far as needs still open tell."""
        days = sorted(one.since for one in self.criteria if one.since)
        return days[self.programme.needed - 1] if self.is_met else None


SUPPORTING_FAMILIES = Programme(
    "Supporting Families",
    3,
    tuple((str(one.label), frozenset({one})) for one in H),
    "national outcomes of 2022 to 2025, and their successors: three of the ten headings",
)
EARLIER = Programme(
    "The programme before it, for old cases",
    2,
    (
        ("Crime or trouble in the area", frozenset({H.CRIME})),
        ("School attendance", frozenset({H.EDUCATION})),
        ("Children who need help", frozenset({H.EARLY_YEARS, H.RELATIONSHIPS, H.SAFE_FROM_HARM})),
        ("Out of work, or at risk of debt", frozenset({H.MONEY})),
        ("Domestic abuse", frozenset({H.DOMESTIC_ABUSE})),
        ("Health", frozenset({H.HEALTH, H.SUBSTANCES})),
    ),
    "the second phase of the earlier programme: two of six. Which of our headings belongs to which is our reading;"
    " housing belongs to none",
)
PROGRAMMES = (SUPPORTING_FAMILIES, EARLIER)


def count(programme: Programme, needs: Iterable[Evidence]) -> Counted:
    """How a family with these open needs stands under a programme."""
    known = sorted(needs, key=lambda one: (one.recorded_on, one.title))
    criteria = tuple(
        Criterion(words, tuple(one for one in known if one.heading in headings))
        for words, headings in programme.criteria
    )
    return Counted(programme, criteria)
