"""Writes a report into the chronology: one line per child, folded there by the report they share."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from cases.models import Event, EventDetail
from cases.vocabulary import EventSource, OutcomeHeading
from sharing_agreements.models import Person
from sharing_agreements.vocabulary import Kind, Precision


def write_report_events(
    *,
    report: UUID,
    children: list[Person],
    title: str,
    account: str,
    precision: Precision,
    headings: list[OutcomeHeading],
    common: Mapping[str, Any],
) -> None:
    """A headline and a full text for each child, owned and sent as `common` says. The title holds codes only."""
    for child in children:
        event = Event.objects.create(
            kind=Kind.CONCERN,
            person=child,
            title=title,
            precision=precision,
            headings=headings,
            source_kind=EventSource.REPORT,
            source_id=report,
            event_id=report,
            **common,
        )
        EventDetail.objects.create(kind=Kind.CONCERN, person=child, event=event, text=account, **common)
