"""What the hub must know of people before it decides, told by the gate and by nothing else."""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from django.db import connection

from sharing_agreements.models import Person
from sharing_agreements.vocabulary import Stage
from sharing_agreements.working_time import LONDON


@dataclass(frozen=True)
class Mark:
    """What the hub must know of one person: where their case stands, since when, and a hidden address."""

    stage: Stage
    since: datetime.datetime | None
    address_hidden: bool


def marks_of(people: Iterable[UUID]) -> dict[UUID, Mark]:
    """Marks of these people, for hub roles and jobs; nobody closed to the reader is among them."""
    with connection.cursor() as cursor:
        cursor.execute("select * from gate.marks_of(%s::uuid[])", [list(people)])
        return {row[0]: Mark(Stage(row[1]), row[2], row[3]) for row in cursor.fetchall()}


def watched_since(people: Iterable[UUID]) -> datetime.date | None:
    """The earliest day since which one of these people has been kept in touch with; None when nobody is."""
    since = [mark.since for mark in marks_of(people).values() if mark.stage is Stage.IN_TOUCH and mark.since]
    return min(since).astimezone(LONDON).date() if since else None


def root_of(person: UUID) -> UUID:
    """The anchor this person is known by, after every confirmed match. One query a match, of which there are few."""
    anchor = Person.objects.get(pk=person)
    while anchor.merged_into_id:
        anchor = Person.objects.get(pk=anchor.merged_into_id)
    return anchor.pk
