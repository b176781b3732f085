"""What every verb writes beside its own rows: who owns them, the line in the chronology, the log of sending."""

import datetime
import uuid
from collections.abc import Iterable
from typing import Any
from uuid import UUID

from cases.models import Event, EventDetail
from cases.vocabulary import EventSource
from sharing_agreements.models import Agency, Post, SharedRecord
from sharing_agreements.vocabulary import Kind, Precision
from sharing_agreements.working_time import LONDON

BASIS = "Public task (UK GDPR Article 6(1)(e)); Working Together to Safeguard Children 2023"


def day_of(now: datetime.datetime) -> datetime.date:
    """The date in London."""
    return now.astimezone(LONDON).date()


def owned(by: Post, now: datetime.datetime, **more: Any) -> dict[str, Any]:
    """The columns every new row of `by` has."""
    return {
        "owner_id": by.agency_id,
        "author_id": by.practitioner_id,
        "happened_on": day_of(now),
        "recorded_at": now,
        **more,
    }


def only(people: list[UUID]) -> UUID | None:
    """The one person a row is about, where it is about one."""
    return people[0] if len(people) == 1 else None


def sent_like(row: SharedRecord) -> dict[str, Any]:
    """Where the parent row was sent and from whom it is hidden: its children go the same way."""
    return {
        "family_id": row.family_id,
        "sent_to_id": row.sent_to_id,
        "hidden_from": row.hidden_from,
    }


def write_event(
    *,
    people: Iterable[UUID],
    family: UUID | None,
    kind: Kind,
    title: str,
    source: EventSource,
    source_id: UUID,
    by: Post,
    now: datetime.datetime,
    text: str = "",
    happened_on: datetime.date | None = None,
    precision: Precision = Precision.DAY,
    significant: bool = False,
    sent_to: Agency | UUID | None = None,
    sent_to_practitioner: UUID | None = None,
    hidden_from: Iterable[int] = (),
) -> list[Event]:
    """Write one line of the chronology per person it is about, so that nobody's line carries a sibling's.

    Lines about several people share an `event_id`, and their ids follow each other so that pages keep them
    together. `text` becomes the detail, for readers with full rights.
    """
    named = sorted(set(people))
    shared = uuid.uuid4() if len(named) > 1 else None
    first = uuid.uuid4().int
    columns = owned(
        by,
        now,
        family_id=family,
        sent_to_id=getattr(sent_to, "pk", sent_to),
        sent_to_practitioner_id=sent_to_practitioner,
        hidden_from=list(hidden_from),
        kind=kind,
    )
    columns["happened_on"] = happened_on or columns["happened_on"]
    events = Event.objects.bulk_create(
        Event(
            **columns,
            id=UUID(int=(first + place) % 2**128),
            person_id=person,
            about=[person],
            title=title[:300],
            precision=precision,
            event_id=shared,
            significant=significant,
            source_kind=source,
            source_id=source_id,
        )
        for place, person in enumerate(named)
    )
    if text:
        EventDetail.objects.bulk_create(
            EventDetail(**columns, person_id=e.person_id, about=e.about, event=e, text=text) for e in events
        )
    return events
