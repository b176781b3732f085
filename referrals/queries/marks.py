"""What the hub must know of people before it decides, told by the gate and by nothing else."""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from django.db import connection

from sharing_agreements.models import Person
from sharing_agreements.vocabulary import Stage


@dataclass(frozen=True)
class Mark:
    """What the hub must know of one person: where their case stands, and a hidden address."""

    stage: Stage
    address_hidden: bool


def marks_of(people: Iterable[UUID]) -> dict[UUID, Mark]:
    """Marks of these people, for hub roles and jobs; nobody closed to the reader is among them."""
    with connection.cursor() as cursor:
        cursor.execute("select * from gate.marks_of(%s::uuid[])", [list(people)])
        return {row[0]: Mark(Stage(row[1]), row[3]) for row in cursor.fetchall()}


def watched_since(people: Iterable[UUID]) -> datetime.date | None:
    """The earliest day since which one of these people has been kept in touch with; None when nobody is."""
    with connection.cursor() as cursor:
        cursor.execute("select min(since) from gate.in_touch_since(%s::uuid[])", [list(people)])
        since: datetime.date | None = cursor.fetchone()[0]
    return since


def root_of(person: UUID) -> UUID:
    """The anchor this person is known by, after every confirmed match. One query a match, of which there are few."""
    anchor = Person.objects.get(pk=person)
    while anchor.merged_into_id:
        anchor = Person.objects.get(pk=anchor.merged_into_id)
    return anchor.pk
