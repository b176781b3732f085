"""What my work is made from: the caseload read once, and the lines and groups of lines that its finders make."""

import datetime
from dataclasses import dataclass
from uuid import UUID

from cases.queries.pages.caseload import CaseLine
from cases.vocabulary import CaseState
from sharing_agreements.models import Post
from sharing_agreements.part_known import MONTHS


@dataclass(frozen=True)
class WorkLine:
    """Something that waits: whose, why, and the one verb that deals with it."""

    family: UUID
    name: str
    why: str
    verb: str
    screen: str
    record: UUID | None = None
    colour: str = ""


@dataclass(frozen=True)
class WorkGroup:
    """Lines of one urgency."""

    title: str
    lines: list[WorkLine]
    left_out: int


@dataclass(frozen=True)
class Desk:
    """What my work is made from: the caseload, read once."""

    post: Post
    now: datetime.datetime
    today: datetime.date
    cases: dict[UUID, CaseLine]

    @property
    def mine(self) -> list[UUID]:
        """Cases this practitioner leads or covers today."""
        me = self.post.practitioner_id
        return [
            key
            for key, line in self.cases.items()
            if me in {who.practitioner for who in (line.leading.lead, line.leading.cover) if who}
        ]

    def stands(self, case: UUID, states: frozenset[CaseState]) -> bool:
        """Whether a child of the case is in one of these states; a sibling may stand elsewhere, or have died."""
        return self.cases[case].stands(states)

    def line(self, case: UUID, why: str, verb: str, screen: str, **more: object) -> WorkLine:
        """A line about one of the cases."""
        one = self.cases[case]
        return WorkLine(one.family, one.name, why, verb, screen, **more)  # type: ignore[arg-type]


def said(day: datetime.date) -> str:
    """A day as a line says it: 3 March."""
    return f"{day.day} {MONTHS[day.month - 1]}"
