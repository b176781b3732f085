"""Conflicts of interest as far as they may be read: what one declared oneself, and that something was detected."""

import datetime
from dataclasses import dataclass
from uuid import UUID

from django.db import connection

from sharing_agreements.models import Conflict, OwnDetails, Post, Practitioner

SHOWN = 100


def own_conflicts(post: Post) -> list[tuple[datetime.datetime, str]]:
    """Connections this practitioner declared. Whom they close is not shown: those people are closed to them."""
    own = Conflict.objects.filter(practitioner_id=post.practitioner_id, ended_at__isnull=True)
    return list(own.order_by("-declared_at").values_list("declared_at", "reason").distinct()[:SHOWN])


def own_details(post: Post) -> OwnDetails | None:
    """What this practitioner said of themselves."""
    return OwnDetails.objects.filter(practitioner_id=post.practitioner_id).first()


@dataclass(frozen=True)
class Detected:
    """That a practitioner may be connected with somebody in a record. Whom, and in how many records, is not said."""

    practitioner: Practitioner
    since: datetime.datetime
    is_waiting: bool


def detected_conflicts() -> list[Detected]:
    """Those the acting post answers for, waiting first and the longest waiting at the top; empty for everybody else."""
    with connection.cursor() as cursor:
        cursor.execute("select practitioner_id, since, waiting > 0 from gate.detected_conflicts()")
        rows = cursor.fetchall()
    people = Practitioner.objects.in_bulk([row[0] for row in rows])
    found = [Detected(people[who], since, waiting) for who, since, waiting in rows]
    return sorted(found, key=lambda one: (not one.is_waiting, one.since))[:SHOWN]


def waiting_conflict(practitioner: UUID) -> Detected | None:
    """The one of this practitioner that waits for an answer."""
    return next((one for one in detected_conflicts() if one.practitioner.pk == practitioner and one.is_waiting), None)
