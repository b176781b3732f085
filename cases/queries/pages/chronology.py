"""The chronology: every account this reader may see, newest first, several accounts of one event folded together."""

import base64
import binascii
import datetime
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Max, Q, QuerySet, TextField
from django.db.models.functions import Cast, Coalesce

from cases.models import Event
from cases.queries.pages.family_top import FamilyTop
from cases.queries.pages.paging import mark
from cases.queries.pages.pins import Pins, PinShown
from cases.vocabulary import EventSource
from sharing_agreements.presenting import Because, because
from sharing_agreements.queries.explaining import explain
from sharing_agreements.rules import Opening

PAGE = 50
FILE_HOLDS = 5_000
"""Happenings in one file of the chronology, the newest; whoever needs older ones narrows the period."""


@dataclass(frozen=True)
class Wanted:
    """Which part of the history: whose, of which kind, of which agency, from which to which day, pinned ones alone."""

    person: UUID | None = None
    kind: int | None = None
    agency: UUID | None = None
    first: datetime.date | None = None
    last: datetime.date | None = None
    pinned: bool = False


@dataclass(frozen=True)
class Account:
    """What one agency says of an event."""

    title: str
    text: str
    source: str
    inferred: bool
    withdrawn_at: datetime.datetime | None

    @property
    def words(self) -> tuple[str, str]:
        """Headline and text; accounts that say the same are shown once, with every agency that says so."""
        return self.title, self.text


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
    pins: list[PinShown]
    accounts: list[Account]
    why: list[Because]
    by_owner: dict[UUID, UUID]
    """One line of each agency that tells of it, by agency."""
    own: UUID | None = None
    """The reader's own agency's line, on which it may decide."""

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


def events_of(top: FamilyTop) -> QuerySet[Event]:
    """Lines of this family, and lines about its people that no family was named for, such as the first report."""
    before = Q(family__isnull=True, person__in=list(top.anchors))
    rows: QuerySet[Event] = Event.objects.visible().filter(Q(family=top.family) | before)
    return rows


def chronology(top: FamilyTop, *, wanted: Wanted, pins: Pins, after: str) -> Page:
    """Fifty happenings of the family's history, each with every account of it that this reader may see.

    `after` is the `older` of the page before; what is no such mark gives the first page.
    """
    events = _wanted_events(top, wanted, pins)
    happenings = list(_happenings(events, after)[: PAGE + 1])
    older = _mark(happenings[PAGE - 1][1:]) if len(happenings) > PAGE else ""
    return Page(_fold([key for key, *_ in happenings[:PAGE]], events, top, pins), older)


def whole_chronology(top: FamilyTop, *, wanted: Wanted, pins: Pins) -> Page:
    """The same for a file, up to FILE_HOLDS, without why each can be seen. `older` says that more is left."""
    events = _wanted_events(top, wanted, pins)
    happenings = list(_happenings(events, "")[: FILE_HOLDS + 1])
    more = "more" if len(happenings) > FILE_HOLDS else ""
    return Page(_fold([key for key, *_ in happenings[:FILE_HOLDS]], events, top, pins, explained=False), more)


def _wanted_events(top: FamilyTop, wanted: Wanted, pins: Pins) -> QuerySet[Event]:
    events = events_of(top)
    if wanted.person is not None:
        people = [one for one, root in top.anchors.items() if root == wanted.person] or [wanted.person]
        events = events.filter(about__overlap=people)
    if wanted.kind is not None:
        events = events.filter(kind=wanted.kind)
    if wanted.agency is not None:
        events = events.filter(owner=wanted.agency)
    if wanted.first is not None:
        events = events.filter(happened_on__gte=wanted.first)
    if wanted.last is not None:
        events = events.filter(happened_on__lte=wanted.last)
    return events.filter(Q(significant=True) | Q(pk__in=list(pins))) if wanted.pinned else events


Place = tuple[datetime.date, datetime.datetime, str]
"""Where a happening stands: its day, when it was last written about, and an id where both are the same."""


def _mark(place: Place) -> str:
    day, at, key = place
    return mark(day, f"{at.isoformat()} {key}")


def _place_of(after: str) -> Place | None:
    """The place that a mark tells; None for what is no mark."""
    try:
        day, at, key = base64.urlsafe_b64decode(after.encode()).decode().split(" ")
        return datetime.date.fromisoformat(day), datetime.datetime.fromisoformat(at), str(UUID(key))
    except (ValueError, binascii.Error):
        return None


def _happenings(
    events: QuerySet[Event], after: str
) -> QuerySet[Event, tuple[UUID, datetime.date, datetime.datetime, str]]:
    """What happened, newest first, and on one day what was written last: the key its accounts share, and its place.

    A page counts happenings, not accounts: one event may have twenty, an agency's for each child, and none of them
    may fall onto the next page. PostgreSQL has no greatest UUID; as text they sort alike.
    """
    found = (
        events.order_by()
        .annotate(happening=Coalesce("event_id", "id"))
        .values_list("happening")
        .annotate(on=Max("happened_on"), at=Max("recorded_at"), last=Max(Cast("id", TextField())))
    )
    if place := _place_of(after):
        day, at, key = place
        found = found.filter(Q(on__lt=day) | Q(on=day, at__lt=at) | Q(on=day, at=at, last__lt=key))
    return found.order_by("-on", "-at", "-last")


def _fold(
    keys: list[UUID], events: QuerySet[Event], top: FamilyTop, pins: Pins, *, explained: bool = True
) -> list[Entry]:
    """One entry for each happening, with all its accounts."""
    accounts: dict[UUID, list[Event]] = {key: [] for key in keys}
    together = events.filter(Q(event_id__in=keys) | Q(event_id__isnull=True, pk__in=keys))
    for row in together.select_related("owner", "detail").order_by("-happened_on", "-id"):
        accounts[row.event_id or row.pk].append(row)
    told = [rows for rows in accounts.values() if rows]
    records = [record for rows in told for row in rows for record in (row, getattr(row, "detail", None))]
    why = explain(records) if explained else {}
    return [_entry(rows, top, why, pins) for rows in told]


def _entry(rows: list[Event], top: FamilyTop, why: dict[UUID, list[Opening]], pins: Pins) -> Entry:
    first = rows[0]
    best = min(rows, key=lambda row: (row.withdrawn_at is not None, not row.stated))
    about = dict.fromkeys(top.anchors.get(person, person) for row in rows for person in row.about)
    return Entry(
        id=first.pk,
        on=first.happened_on,
        precision=first.precision,
        ends_on=first.ends_on,
        title=best.title,
        people="; ".join(filter(None, [top.known.names(about), best.people_named])),
        significant=any(row.significant for row in rows),
        pins=list(dict.fromkeys(pin for row in rows for pin in pins.get(row.pk, []))),
        accounts=_accounts(rows, best),
        why=because(opening for row in rows for opening in why.get(row.pk, [])),
        by_owner={row.owner_id: row.pk for row in rows},
    )


def _accounts(rows: list[Event], best: Event) -> list[Account]:
    """Each account once: stated before inferred, those that say the same beside each other."""
    told: dict[tuple[str, str], list[Account]] = {}
    for account in dict.fromkeys(_account(row, best) for row in sorted(rows, key=lambda row: not row.stated)):
        told.setdefault(account.words, []).append(account)
    return [account for same in told.values() for account in same]


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
