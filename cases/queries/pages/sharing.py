"""Entries of other agencies' chronologies that they shared with one's own on top of agreements."""

from cases.models import Event
from sharing_agreements.queries.exceptions import shared_records

SHOWN = 100


def shared_entries() -> list[Event]:
    """What the principal may read of them, newest first."""
    shared = Event.objects.visible().filter(pk__in=shared_records()).select_related("owner", "detail")
    return list(shared.order_by("-happened_on", "-id")[:SHOWN])
