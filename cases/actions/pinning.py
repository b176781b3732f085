"""Pinning an event of the chronology as one of those that matter most, and taking a pin off."""

import datetime
from collections.abc import Sequence

from django.db import transaction

from cases import refusals
from cases.actions.recording import owned
from cases.models import Event, Pin
from sharing_agreements.models import Post
from sharing_agreements.refusals import require


@transaction.atomic
def pin(*, events: Sequence[Event], reason: str, by: Post, now: datetime.datetime) -> list[Pin]:
    """Pin one happening, given as every line of it that `by` may read, so that each child's history shows the pin.

    Each pin is of the kind of its event and hidden from whom the event is hidden from. Refuses without a reason.
    """
    require(None if reason.strip() else refusals.NO_REASON)
    pins = [
        Pin(
            **owned(by, now, family_id=event.family_id, person_id=event.person_id, about=event.about),
            kind=event.kind,
            hidden_from=event.hidden_from,
            event=event,
            reason=reason.strip(),
        )
        for event in events
    ]
    return Pin.objects.bulk_create(pins)


@transaction.atomic
def unpin(*, events: Sequence[Event], by: Post, now: datetime.datetime) -> int:
    """Take off the pins of `by`'s agency on these lines; how many there were. Other agencies' pins stay."""
    held = Pin.objects.filter(event__in=[event.pk for event in events], owner=by.agency_id, ended_at__isnull=True)
    return held.update(ended_at=now)
