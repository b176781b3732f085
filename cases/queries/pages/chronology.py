"""The chronology: every account this reader may see, newest first, several accounts of one event folded together."""

import datetime
from dataclasses import dataclass
from uuid import UUID

from django.db.models import QuerySet

from cases.models import Event
from cases.queries.pages.family_top import FamilyTop
from cases.queries.pages.paging import mark, older_than
from cases.vocabulary import EventSource

PAGE = 50
ACCOUNTS_READ = 500


@dataclass(frozen=True)
class Account:
    """What one agency says of an event."""

    title: str
    text: str
    source: str
    inferred: bool
    withdrawn_at: datetime.datetime | None


@dataclass(frozen=True)
class Entry:
    """One event, with each agency's account of it."""

    id: UUID
    on: datetime.date
    precision: str
    ends_on: datetime.date | None
    title: str
    people: str
    significant: bool
    accounts: list[Account]

    @property
    def inferred(self) -> bool:
        """Nobody states it: every account is inferred."""
        return all(account.inferred for account in self.accounts)

    @property
    def withdrawn(self) -> bool:
        """Every account was withdrawn."""
        return all(account.withdrawn_at for account in self.accounts)


@dataclass(frozen=True)
class Page:
    """Some entries, and where the next page begins."""

    entries: list[Entry]
    older: str


def chronology(top: FamilyTop, *, person: UUID | None, kind: int | None, after: str) -> Page:
    """Fifty accounts of the family's history, folded.

    `after` is the `older` of the page before; what is no such mark gives the first page.
    """
    events = Event.objects.visible().filter(family=top.family)
    if person is not None:
        events = events.filter(about__overlap=[one for one, root in top.anchors.items() if root == person] or [person])
    if kind is not None:
        events = events.filter(kind=kind)
    rows = list(
        older_than(events, "happened_on", after)
        .select_related("owner", "detail")
        .order_by("-happened_on", "-id")[: PAGE + 1]
    )
    older = mark(rows[PAGE - 1].happened_on, rows[PAGE - 1].pk) if len(rows) > PAGE else ""
    return Page(_fold(rows[:PAGE], events, top), older)


def _fold(rows: list[Event], events: QuerySet[Event], top: FamilyTop) -> list[Entry]:
    """One entry per event, at the place of its newest account; accounts that belong to an earlier page stay there."""
    shared = {row.event_id for row in rows if row.event_id}
    accounts: dict[UUID, list[Event]] = {}
    if shared:
        others = events.filter(event_id__in=shared).select_related("owner", "detail")
        for row in others.order_by("-happened_on", "-id")[:ACCOUNTS_READ]:
            if row.event_id:
                accounts.setdefault(row.event_id, []).append(row)
    entries = []
    for row in rows:
        together = accounts.get(row.event_id, [row]) if row.event_id else [row]
        if together[0].pk == row.pk:
            entries.append(_entry(together, top))
    return entries


def _entry(rows: list[Event], top: FamilyTop) -> Entry:
    first = rows[0]
    best = min(rows, key=lambda row: (row.withdrawn_at is not None, not row.stated))
    about = dict.fromkeys(top.anchors.get(person, person) for row in rows for person in row.about)
    accounts = [_account(row, best) for row in rows]
    return Entry(
        id=first.pk,
        on=first.happened_on,
        precision=first.precision,
        ends_on=first.ends_on,
        title=best.title,
        people=top.known.names(about) or best.people_named,
        significant=any(row.significant for row in rows),
        accounts=list(dict.fromkeys(accounts)),
    )


def _account(row: Event, best: Event) -> Account:
    """One agency's account; its lines about several children of one event say the same and become one."""
    detail = getattr(row, "detail", None)
    return Account(
        title="" if row.title == best.title else row.title,
        text=detail.text if detail else "",
        source=f"{row.owner.name}: {EventSource(row.source_kind).label.lower()}",
        inferred=not row.stated,
        withdrawn_at=row.withdrawn_at,
    )


def kinds_of(top: FamilyTop) -> list[int]:
    """The kinds of record that the filter offers: those this reader sees in this family's chronology."""
    events = Event.objects.visible().filter(family=top.family)
    return list(events.order_by("kind").values_list("kind", flat=True).distinct())
