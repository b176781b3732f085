"""The chronology of a family or a person by pages: every headline this viewer may see, detail where allowed."""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass, field
from uuid import UUID

from django.db.models import Q

from cases.models import Event
from sharing_agreements.queries import same_people

PAGE = 50
"""Lines on a page; the next starts after the last one (keyset), however many rows lie before it."""


@dataclass
class Line:
    """One happening: the first account of it on the page, and the others that share its event id."""

    event: Event
    others: list[Event] = field(default_factory=list)

    @property
    def people(self) -> list[UUID]:
        """Everybody its accounts are about, each once."""
        return list(dict.fromkeys(p for e in (self.event, *self.others) for p in e.about))

    @property
    def text(self) -> str:
        """The full text, where the viewer may read one."""
        return next(
            (e.detail.text for e in (self.event, *self.others) if hasattr(e, "detail")),
            "",
        )


@dataclass(frozen=True)
class ChronologyPage:
    """A page of lines, newest first, and the key the next page starts after (None at the end)."""

    lines: list[Line]
    after: tuple[datetime.date, UUID] | None


def chronology(
    *,
    family: UUID | None = None,
    people: Iterable[UUID] = (),
    after: tuple[datetime.date, UUID] | None = None,
    significant: bool = False,
) -> ChronologyPage:
    """One page of the chronology of a family, or of people (merged anchors included). Two queries at most.

    `after` is the key the page before ended with. `significant` keeps pinned lines only. A detail the viewer may
    not read is absent, its headline stays (LEFT JOIN).
    """
    events = Event.objects.visible().filter(withdrawn_at__isnull=True).select_related("detail", "owner")
    events = events.filter(family_id=family) if family else events.filter(person_id__in=list(same_people(people)))
    if significant:
        events = events.filter(significant=True)
    if after:
        day, last = after
        events = events.filter(happened_on__lte=day).filter(Q(happened_on__lt=day) | Q(pk__lt=last))
    found = list(events.order_by("-happened_on", "-id")[: PAGE + 1])
    page = found[:PAGE]
    key = (page[-1].happened_on, page[-1].pk) if len(found) > PAGE else None
    return ChronologyPage(_folded(page), key)


def _folded(events: list[Event]) -> list[Line]:
    lines: dict[UUID, Line] = {}
    for event in events:
        key = event.event_id or event.pk
        if key in lines:
            lines[key].others.append(event)
        else:
            lines[key] = Line(event)
    return list(lines.values())
