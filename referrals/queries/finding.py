"""Find: people by what is known of them, and reports and cases by reference. Only what may be known comes back."""

import datetime
from dataclasses import dataclass
from uuid import UUID

from django.db import connection

from cases.models import Case
from referrals.models import Contact, Report
from referrals.queries.contacts import OpenTo, open_to
from sharing_agreements import queries
from sharing_agreements.models import Identity, Post
from sharing_agreements.vocabulary import HUB_ROLES

MOST = 20
"""Rows shown; with more, the page asks for another fact (domain D36)."""


@dataclass(frozen=True)
class Asked:
    """What was typed, as the gate takes it."""

    name: str = ""
    born_first: datetime.date | None = None
    born_last: datetime.date | None = None
    place: str = ""
    phone: str = ""


@dataclass(frozen=True)
class Found:
    """Somebody who may be known, the account to show (None: known, and we cannot name them), and open help."""

    person: UUID
    identity: Identity | None
    open_to: OpenTo | None


def facts_needed(post: Post) -> int:
    """How many facts this post must give; the gate holds to the same number."""
    return 1 if post.role in HUB_ROLES else 2


def find_people(asked: Asked, *, post: Post) -> tuple[list[Found], bool]:
    """At most 20 people who fit, best first, and whether there were more."""
    with connection.cursor() as cursor:
        cursor.execute(
            "select person_id, likeness from gate.find_people(%s, %s, %s, %s, %s, %s)",
            [asked.name, asked.born_first, asked.born_last, asked.place, asked.phone, MOST * 5],
        )
        rows = sorted(cursor.fetchall(), key=lambda row: (-row[1], row[0]))
    anchors = queries.same_people(person for person, _ in rows)
    people = _one_each([person for person, _ in rows], anchors)
    shown = people[:MOST]
    names = queries.identities_of(shown, for_post=post)
    work = open_to(queries.same_people(shown))
    return [Found(person, names.get(person), work.get(person)) for person in shown], len(people) > MOST


def _one_each(people: list[UUID], anchors: dict[UUID, UUID]) -> list[UUID]:
    """Several accounts of one person are one line: the first in order stands."""
    taken: dict[UUID, UUID] = {}
    for person in people:
        taken.setdefault(anchors.get(person, person), person)
    return list(taken.values())


@dataclass(frozen=True)
class ByReference:
    """What stands under a reference, as far as it may be seen."""

    report: Report | None
    contact: Contact | None
    case: Case | None

    @property
    def is_empty(self) -> bool:
        """Nothing that may be shown."""
        return self.report is None and self.contact is None and self.case is None


def find_reference(reference: str) -> ByReference:
    """The report, contact or case with this reference, typed in either case."""
    wanted = reference.strip().upper()
    report = Report.objects.visible().filter(reference=wanted).first()
    contact = Contact.objects.visible().filter(report=report).first() if report else None
    return ByReference(report, contact, Case.objects.visible().filter(reference=wanted).first())
