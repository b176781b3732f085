"""Writes a checked history: anchors, each agency's own account of whom it knew, and of each event it knew of."""

import datetime
import uuid
from collections.abc import Iterator
from dataclasses import dataclass

from django.db import connection
from django.utils import timezone

from cases.models import Event, EventDetail, FamilyMember
from cases.vocabulary import CHILD_PARTS, EventSource
from earlyhelp.importing.history import EventLine, History
from earlyhelp.importing.words import KINDS
from sharing_agreements.models import Agency, Family, Identity, Person
from sharing_agreements.models.record import SharedRecord
from sharing_agreements.vocabulary import AgencyType

OURS = uuid.UUID("6f6d1c0e-5a0b-5c5e-9d43-3c8f2a7b1e64")
"""Where the ids of imported histories begin. Never change it: it is how a second load knows the first."""
BATCH = 500


def family_of(history: History, district: str) -> uuid.UUID:
    """The family's id: the same for the same files in the same district."""
    return uuid.uuid5(OURS, f"{district} {history.digest}")


@dataclass(frozen=True)
class Knower:
    """An agency that knew of an event, and whether the source says so or it is inferred."""

    agency: Agency
    stated: bool


class Writing:
    """One history on its way into the database. Every id follows from the family's, so that none is made twice."""

    def __init__(
        self, history: History, *, family: uuid.UUID, agencies: dict[str, Agency], importer: Agency,
        now: datetime.datetime,
    ) -> None:  # fmt: skip
        self.history, self.agencies, self.importer, self.now = history, agencies, importer, now
        self.family = family
        self.rows: dict[type[SharedRecord], list[SharedRecord]] = {
            model: [] for model in (Identity, FamilyMember, Event, EventDetail)
        }

    def write(self) -> None:
        """Insert everything, each model at once; the database stamps the facts."""
        Family.objects.create(pk=self.family)
        Person.objects.bulk_create(Person(pk=self._person(name)) for name in self.history.people)
        for event in self.history.events.values():
            self._write_event(event)
        for (agency, name), first in self._met().items():
            self._write_account_of(name, agency, first)
        for model, rows in self.rows.items():
            model.objects.bulk_create(rows, batch_size=BATCH)

    def knowers(self, event: EventLine) -> list[Knower]:
        """Who knew of an event; the importer where nobody did."""
        stated = [Knower(self.agencies[code], True) for code in event.stated]
        inferred = [Knower(self.agencies[code], False) for code in event.inferred]
        return stated + inferred or [Knower(self.importer, True)]

    def wrong_facts(self) -> int:
        """How many of the rows just written carry facts that do not hold."""
        ids = [row.pk for rows in self.rows.values() for row in rows]
        ids += [self._person(name) for name in self.history.people]
        with connection.cursor() as cursor:
            cursor.execute("select count(*) from gate.wrong_facts() where id = any(%s::uuid[])", [ids])
            return int(cursor.fetchone()[0])

    def _met(self) -> dict[tuple[Agency, str], datetime.date]:
        """Which agency knew whom, since when. Whoever is in no event is the importer's to know, from today."""
        met: dict[tuple[Agency, str], datetime.date] = {}
        for event in sorted(self.history.events.values(), key=lambda event: event.day):
            for knower in self.knowers(event):
                for name in event.people:
                    met.setdefault((knower.agency, name), event.day)
        in_an_event = {name for _, name in met}
        for name in self.history.people:
            if name not in in_an_event:
                met[self.importer, name] = timezone.localdate(self.now)
        return met

    def _person(self, name: str) -> uuid.UUID:
        return uuid.uuid5(self.family, f"person {name}")

    def _owned(self, agency: Agency, person: str, day: datetime.date) -> dict[str, object]:
        anchor = self._person(person)
        return {
            "owner": agency, "author": None, "family_id": self.family, "person_id": anchor, "about": [anchor],
            "happened_on": day, "recorded_at": self.now,
        }  # fmt: skip

    def _write_event(self, line: EventLine) -> None:
        """One headline and one full text per agency that knew and person named.

        The headline says what sort of thing happened, never who: names are in the full text. Ids run on within the
        history, so that events of one month keep the order of the file.
        """
        ids = self._ids(line)
        for knower in self.knowers(line):
            kind = KINDS[AgencyType(knower.agency.type)]
            for name in line.people:
                owned = self._owned(knower.agency, name, line.day)
                event = Event(
                    **owned, id=next(ids), kind=kind, title=line.title, precision=line.precision,
                    event_id=uuid.uuid5(self.family, f"event {line.seq}"), stated=knower.stated,
                    source_kind=EventSource.IMPORTED, people_named=line.unnamed,
                    headings=list(line.headings),
                )  # fmt: skip
                detail = EventDetail(**owned, id=uuid.uuid5(event.pk, "detail"), kind=kind, event=event, text=line.text)
                self.rows[Event].append(event)
                self.rows[EventDetail].append(detail)

    def _ids(self, line: EventLine) -> Iterator[uuid.UUID]:
        first = uuid.uuid5(self.family, "events").int >> 64 << 64 | line.seq << 32
        return (uuid.UUID(int=first + place) for place in range(2**32))

    def _write_account_of(self, name: str, agency: Agency, first: datetime.date) -> None:
        """What an agency knows of somebody: who they are and that they belong to the family, since it first knew."""
        person = self.history.people[name]
        owned = self._owned(agency, name, first)
        self.rows[Identity].append(
            Identity(
                **owned, id=uuid.uuid5(self.family, f"identity {agency.pk} {name}"), kind=Identity.KIND,
                given_name=name, family_name=person.surname, sex=person.sex, born_on=person.born.date,
                born_precision=person.born.precision, is_child=person.part in CHILD_PARTS,
            )
        )  # fmt: skip
        self.rows[FamilyMember].append(
            FamilyMember(
                **owned, id=uuid.uuid5(self.family, f"member {agency.pk} {name}"), kind=FamilyMember.KIND,
                part=person.part,
            )
        )  # fmt: skip
