"""One family's time in early help while it is written: its rows, its moves, its lines in the chronology."""

import datetime
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from cases import lifecycle
from cases.models import Case, CaseMove, ChildInCase, Event, EventDetail, Need
from cases.vocabulary import CaseState, EventSource
from earlyhelp.demonstration import district
from earlyhelp.demonstration.families import Home
from earlyhelp.demonstration.world import World
from sharing_agreements.models import Post
from sharing_agreements.vocabulary import Kind, Precision


@dataclass
class Fate:
    """How a spell stands today, and what has stalled in it, if anything."""

    state: CaseState
    ended_on: datetime.date | None = None
    stalled: str = ""


@dataclass
class Spell:
    """One family's time in early help, while it is written."""

    world: World
    home: Home
    opened: datetime.datetime
    fate: Fate
    case: Case
    children: list[ChildInCase]
    lead: Post
    team: list[Post] = field(default_factory=list)
    needs: list[Need] = field(default_factory=list)

    @property
    def people(self) -> list[UUID]:
        """The children's anchors."""
        return [child.main_person for child in self.children]

    @property
    def until(self) -> datetime.date:
        """The last day something may have been written."""
        return self.fate.ended_on or self.world.today

    def row(self, by: Post, at: datetime.datetime, person: UUID | None = None, **more: Any) -> dict[str, Any]:
        """Columns of a row of this case: about one person, or about all its children."""
        columns = self.world.owned(by, at, person_id=person, family_id=self.home.family, **more)
        columns["sent_to"] = self.world.agencies[district.EARLY]
        return columns if person else {**columns, "about": self.people}

    def add(self, *rows: Any) -> None:
        """Keep rows for the copy."""
        self.world.load.add(*rows)

    def tell(self, by: Post, at: datetime.datetime, kind: Kind, source: EventSource, source_id: UUID, title: str,
             text: str = "") -> None:  # fmt: skip
        """A line of the chronology for each child."""
        shared = self.world.uid() if len(self.people) > 1 else None
        for person in self.people:
            event = Event(
                **self.row(by, at, person), kind=kind, title=title[:300], source_kind=source, source_id=source_id,
                event_id=shared, precision=Precision.DAY, significant=kind == Kind.CASE,
            )  # fmt: skip
            self.add(event)
            if text:
                self.add(EventDetail(**self.row(by, at, person), kind=kind, event=event, text=text))

    def move(self, by: Post, at: datetime.datetime, state: CaseState, reason: str) -> None:
        """Every child's case goes to a state."""
        for child in self.children:
            self.add(
                CaseMove(
                    **self.row(by, at, child.person_id), case=self.case, child=child, from_state=child.state,
                    to_state=state, at=at, reason=reason,
                )
            )  # fmt: skip
            child.state, child.since = state, at
        self.world.stage(self.people, lifecycle.STAGE[state], at)
        self.tell(by, at, Kind.CASE, EventSource.STEP, self.case.id, f"{state.label}: {reason}")

    def last_day(self) -> datetime.date | None:
        """The last day of lead and team; None while the spell goes on."""
        goes_on = self.fate.state in lifecycle.WORKING or self.fate.ended_on is None
        return None if goes_on else self.fate.ended_on
