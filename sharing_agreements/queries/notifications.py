"""E-mails that say that something waits: the last one of each person, one's own, and those that did not arrive."""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from django.db import connection
from django.db.models import Max

from sharing_agreements.models import Notification, NotificationChoice, Post
from sharing_agreements.vocabulary import HowOften

SHOWN = 10


def last_told_of(practitioners: Iterable[UUID]) -> dict[UUID, datetime.datetime]:
    """When each of these was last told by e-mail."""
    rows = Notification.objects.filter(practitioner__in=list(practitioners)).values("practitioner_id").order_by()
    return dict(rows.annotate(last=Max("made_at")).values_list("practitioner_id", "last"))


def how_often(by: Post) -> HowOften:
    """What this practitioner chose; daily until they do."""
    chosen = NotificationChoice.objects.filter(practitioner=by.practitioner_id).first()
    return HowOften(chosen.how_often) if chosen else HowOften.DAILY


def own_notifications(by: Post) -> list[Notification]:
    """The last e-mails to this practitioner, newest first."""
    return list(Notification.objects.filter(practitioner=by.practitioner_id)[:SHOWN])


@dataclass(frozen=True)
class Undelivered:
    """An e-mail that did not arrive: to whom, since when, how often it was tried, and the kind of error."""

    id: UUID
    name: str
    address: str
    made_at: datetime.datetime
    returned_at: datetime.datetime | None
    attempts: int
    error: str
    is_stopped: bool


def undelivered(*, now: datetime.datetime) -> list[Undelivered]:
    """E-mails that came back, or that nobody has taken for an hour; empty for all but administrators."""
    with connection.cursor() as cursor:
        cursor.execute("select * from gate.undelivered(%s)", [now - datetime.timedelta(hours=1)])
        return [Undelivered(*row) for row in cursor.fetchall()]
