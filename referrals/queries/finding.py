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
FACTS_TO_WEIGH = 2
"""Name, date of birth or age, address, telephone: with two of them somebody can be told from others."""


@dataclass(frozen=True)
class Asked:
    """What was typed, as the gate takes it."""

    given: str = ""
    family: str = ""
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
    agrees: tuple[str, ...] = ()
    """Codes of what agrees, of facts the asker may see."""


def names_in(words: str) -> tuple[str, str]:
    """First names and surname of a name typed in one box: 'Jo Smith', 'Smith, Jo', 'Smith'."""
    if "," in words:
        family, _, given = words.partition(",")
        return given.strip(), family.strip()
    given, _, family = words.strip().rpartition(" ")
    return given.strip(), family


def facts_needed(post: Post) -> int:
    """How many facts this post must give; the gate holds to the same number."""
    return 1 if post.role in HUB_ROLES else 2


def find_people(asked: Asked, *, post: Post, wider: bool = False) -> tuple[list[Found], bool]:
    """At most 20 people who fit, best first, and whether there were more.

    With two facts they are looked up by keys and weighed, which finds slips of the pen too. One fact, or a search made
    `wider`, goes through the letters of all names, which takes longer and holds to every fact.
    """
    rows = _by_letters(asked) if wider or _facts_of(asked) < FACTS_TO_WEIGH else people_by_keys(asked)
    agrees = {person: tuple(codes) for person, codes in rows}
    anchors = queries.same_people(agrees)
    people = _one_each(list(agrees), anchors)
    shown = people[:MOST]
    names = queries.identities_of(shown, for_post=post)
    work = open_to(queries.same_people(shown))
    return [Found(p, names.get(p), work.get(p), agrees[p]) for p in shown], len(people) > MOST


def _facts_of(asked: Asked) -> int:
    given = (asked.given or asked.family, asked.born_first, asked.place, asked.phone)
    return sum(bool(fact) for fact in given)


def people_by_keys(asked: Asked, *, most: int = MOST + 1) -> list[tuple[UUID, list[str]]]:
    """The best of everybody this post may know of, with how each agrees: see gate.find_child."""
    with connection.cursor() as cursor:
        cursor.execute(
            "select person_id, levels from gate.find_child(%s, %s, %s, %s, %s, %s, %s)",
            [asked.given, asked.family, asked.born_first, asked.born_last, asked.place, asked.phone, most],
        )
        return [(person, levels) for person, levels in cursor.fetchall()]


def _by_letters(asked: Asked) -> list[tuple[UUID, list[str]]]:
    with connection.cursor() as cursor:
        cursor.execute(
            "select person_id, likeness from gate.find_people(%s, %s, %s, %s, %s, %s)",
            [
                f"{asked.given} {asked.family}".strip(),
                asked.born_first,
                asked.born_last,
                asked.place,
                asked.phone,
                MOST * 5,
            ],
        )
        return [(person, []) for person, _ in sorted(cursor.fetchall(), key=lambda row: (-row[1], row[0]))]


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
