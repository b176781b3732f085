"""Events pinned as those that matter most: by whom, and why."""

import datetime
from collections import defaultdict
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Q

from cases.models import Pin
from cases.queries.pages.family_top import FamilyTop

READ = 300
SHOWN = 6


@dataclass(frozen=True)
class PinShown:
    """Who pinned something, when and why."""

    by: str
    agency: str
    agency_id: UUID
    on: datetime.date
    reason: str


Pins = dict[UUID, list[PinShown]]


def pins_of(top: FamilyTop) -> Pins:
    """The pins on events of this family that this reader may see, by event, the newest first. One query."""
    found: Pins = defaultdict(list)
    before = Q(family__isnull=True, person__in=list(top.anchors))
    held = Pin.objects.visible().filter(Q(family=top.family) | before, ended_at__isnull=True)
    for pin in held.select_related("author", "owner").order_by("-recorded_at")[:READ]:
        name = pin.author.name if pin.author else ""
        found[pin.event_id].append(PinShown(name, pin.owner.name, pin.owner_id, pin.happened_on, pin.reason))
    return dict(found)
