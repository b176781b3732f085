"""Random worlds with a past, and what the oracle says of them as they stood on an earlier day.

Nothing about an earlier day is decided here: `on` takes away what was not yet so, and the oracle of today is asked.
"""

import dataclasses
import datetime
import random
from collections.abc import Callable
from dataclasses import dataclass

from psycopg2.extensions import cursor as Cursor
from psycopg2.extras import execute_values

from sharing_agreements.vocabulary import AgreementState, Level, Purpose, Role
from tests import oracle, proving, supposing, worlds
from tests.oracle import Agreement, Party, Record, Viewer, World

Span = tuple[datetime.date, datetime.date | None]
"""The day something came to be so, and the day it was no longer; None while it lasts."""
Line = tuple[int, str, str, int, str, int, int]
"""Agency, role, purpose, record, way, agreement, clause: that somebody could have seen a record, and by what."""
NOBODY = 0
RECEIVER = Role.MANAGER
"""A role that opens what is sent to its agency, whichever it is."""


@dataclass
class Past:
    """A world of today, and since when each part of it has been so. Consents and stages are in order of their days."""

    world: World
    recorded: dict[int, datetime.date]
    """By record."""
    consented: list[datetime.date]
    reached: list[datetime.date]
    restricted: list[tuple[int, Span]]
    address_hidden: list[tuple[int, Span]]
    shared: list[Span]
    withheld: list[tuple[int, int, Span]]
    """Record and agency."""

    def on(self, day: datetime.date, *, happened: bool = False) -> World:
        """The world as it stood at the end of that day. `happened`: a record counts from the day it is about."""
        now = self.world
        return dataclasses.replace(
            now,
            today=day,
            consents=[said for said, at in zip(now.consents, self.consented, strict=True) if at <= day],
            stages=[stage for stage, at in zip(now.stages, self.reached, strict=True) if at <= day],
            restricted={p for p, span in self.restricted if _holds(span, day)},
            address_hidden={p for p, span in self.address_hidden if _holds(span, day)},
            shares=[
                dataclasses.replace(share, ended=not _holds(span, day))
                for share, span in zip(now.shares, self.shared, strict=True)
            ],
            records=[self._then(r, day) for r in now.records if self.known_on(r, happened=happened) <= day],
            may_see_restricted=set(),
            may_see_address=set(),
            conflicts=set(),
            is_person={},
            overdue=set(),
            emergencies=[],
        )

    def known_on(self, record: Record, *, happened: bool) -> datetime.date:
        """The day from which its owner had this record."""
        return record.happened_on if happened else self.recorded[record.no]

    def _then(self, record: Record, day: datetime.date) -> Record:
        withheld = {agency for no, agency, span in self.withheld if no == record.no and _holds(span, day)}
        return dataclasses.replace(record, hidden_from=record.hidden_from | withheld)


def _holds(span: Span, day: datetime.date) -> bool:
    since, until = span
    return since <= day and (until is None or day < until)


def make(source: random.Random, today: datetime.date) -> Past:
    """A random world, and a random past for it."""
    world = worlds.make(source, today)
    near = supposing.bring_closer(world, source, 0)

    def day(*ago: int) -> datetime.date:
        return today - datetime.timedelta(days=source.choice(ago))

    def span() -> Span:
        since = day(0, 1, 2, 3, 400)
        return since, (max(since, day(0, 1, 2)) if source.randrange(3) == 0 else None)

    if source.randrange(4):
        world.agreements[near] = _signed_lately(world, near, day)
    withheld = [
        (record.no, source.choice([a.no for a in world.agencies if a.no not in record.hidden_from]), span())
        for record in source.sample(world.records, 3)
    ]
    return Past(
        world=world,
        recorded={r.no: day(0, 1, 2, 3, 400) for r in world.records},
        consented=sorted(day(0, 1, 2, 400) for _ in world.consents),
        reached=sorted(day(0, 1, 2, 400) for _ in world.stages),
        restricted=[(source.choice(world.people), span()) for _ in range(source.choice([0, 0, 1]))],
        address_hidden=[(source.choice(world.people), span()) for _ in range(source.choice([0, 1]))],
        shared=[span() for _ in world.shares],
        withheld=withheld,
    )


def _signed_lately(world: World, number: int, day: Callable[..., datetime.date]) -> Agreement:
    """The agreement, bound to every agency since a few days ago: else most days see nothing by any clause."""

    def noon(*ago: int) -> datetime.datetime:
        return datetime.datetime.combine(day(*ago), datetime.time(12), oracle.LONDON)

    return dataclasses.replace(
        world.agreements[number],
        moves=((noon(1, 2, 3, 300), AgreementState.SIGNED),),
        parties=tuple(Party(a.no, noon(1, 2, 300), None) for a in world.agencies),
        starts_on=day(1, 2, 400),
    )


def could_have_seen(past: Past, day: datetime.date, *, happened: bool = False) -> set[Line]:
    """Everything that anybody could have seen on a day: own records, what was sent or shared, what clauses opened.

    "Anybody" is nobody in particular: an agency, or one of its roles for a purpose.
    """
    world = past.on(day, happened=happened)
    lines: set[Line] = set()
    for record in world.records:
        lines.add((record.owner, "", "", record.no, "own", 0, 0))
        for agency in world.agencies:
            if agency.no != record.owner:
                lines |= _of_others(world, agency.no, record)
    return lines


def _of_others(world: World, agency: int, record: Record) -> set[Line]:
    receiver = Viewer(NOBODY, agency, None, RECEIVER, Purpose.TRIAGE)
    if oracle._is_closed(world, receiver, record):
        return set()
    lines: set[Line] = set()
    if oracle._was_sent(receiver, record):
        lines.add((agency, "", "", record.no, "sent", 0, 0))
    if oracle.was_shared(world, receiver, record):
        lines.add((agency, "", "", record.no, "shared", 0, 0))
    return lines | _by_clause(world, agency, record)


def _by_clause(world: World, agency: int, record: Record) -> set[Line]:
    standing = [(which, one) for which, one in enumerate(world.agreements) if oracle.in_force(world, one, world.today)]
    return {
        (agency, role, purpose, record.no, "clause", which, at)
        for which, agreement in standing
        for at, clause in enumerate(agreement.clauses)
        for role in clause.roles
        for purpose in agreement.purposes
        if oracle.clause_opens(world, agreement, clause, Viewer(NOBODY, agency, None, role, purpose), record)
    }


def first_whole(past: Past, day: datetime.date) -> tuple[datetime.date, set[tuple[int, str, str]]] | None:
    """The first day on which somebody could have seen every record there was on `day`, and who: day by day."""
    whole = {r.no for r in past.on(day).records if r.level != Level.EXISTENCE}
    if not whole:
        return None
    one = max(past.recorded[no] for no in whole)
    while one <= past.world.today:
        lines = {line for line in could_have_seen(past, one) if line[3] in whole}
        who = {reader for reader in {line[:3] for line in lines} if _seen_by(reader, lines) == whole}
        if who:
            return one, who
        one += datetime.timedelta(days=1)
    return None


def _seen_by(reader: tuple[int, str, str], lines: set[Line]) -> set[int]:
    """Records of the agency itself; sent and shared ones if the role receives; those a clause opens to the role."""
    agency, role, purpose = reader
    receives = not role or role in oracle.RECEIVING
    return {
        no
        for owner, to_role, for_purpose, no, way, _, _ in lines
        if owner == agency
        and (
            way == "own"
            or (way != "clause" and receives)
            or (way == "clause" and (to_role, for_purpose) == (role, purpose))
        )
    }


def load(cursor: Cursor, past: Past) -> None:
    """Write the world, then the days on which its parts came to be so."""
    proving.load(cursor, past.world)
    at = "%s::date + interval '12 hours'"
    for table, column, of, days in (
        ("sharingconsent", "recorded_at", "until", past.consented),
        ("stagechange", "changed_at", "stage", past.reached),
    ):
        cursor.execute(f"select id from sharing_agreements_{table} order by {column}, {of}")
        for place, (row, day) in enumerate(zip(cursor.fetchall(), days, strict=True)):
            cursor.execute(
                f"update sharing_agreements_{table} set {column} = {at} + %s * interval '1 second' where id = %s",
                [day, place, row[0]],
            )
    for table, more, spans in (
        ("restrictedperson", "reason, ", past.restricted),
        ("hiddenaddress", "", past.address_hidden),
    ):
        cursor.execute(f"delete from sharing_agreements_{table}")
        for person, (since, until) in spans:
            cursor.execute(
                f"insert into sharing_agreements_{table} (id, person_id, {more}set_at, lifted_at) "
                f"values (gen_random_uuid(), %s, {more and repr('') + ', '}{at}, {at})",
                [proving.person_id(person), since, until],
            )
    _load_exceptions(cursor, past)
    for record in past.world.records:
        cursor.execute(
            f"update {proving.TABLES[record.level]} set recorded_at = {at} where id = %s",
            [past.recorded[record.no], proving.record_id(record.no)],
        )


def _load_exceptions(cursor: Cursor, past: Past) -> None:
    """Shares again, one by one with their days, and what is withheld."""
    cursor.execute("delete from sharing_agreements_recordexception")
    by_no = {r.no: r for r in past.world.records}
    rows = [
        ("share", by_no[s.record], s.agency, s.practitioner, s.level, s.until, span)
        for s, span in zip(past.world.shares, past.shared, strict=True)
    ]
    rows += [("withhold", by_no[no], agency, None, "", None, span) for no, agency, span in past.withheld]
    execute_values(
        cursor,
        "insert into sharing_agreements_recordexception (id, verb, table_name, record_id, owner_no, agency_id, "
        "practitioner_id, level, until, reason, made_by_id, made_at, ended_at) values %s",
        [
            (
                verb,
                proving.TABLES[record.level],
                proving.record_id(record.no),
                record.owner,
                proving.agency_id(agency),
                proving.practitioner_id(practitioner) if practitioner else None,
                level,
                until,
                proving.practitioner_id(record.author),
                since,
                ended,
            )
            for verb, record, agency, practitioner, level, until, (since, ended) in rows
        ],
        "(gen_random_uuid(), %s, %s, %s::uuid, %s, %s::uuid, %s::uuid, %s, %s::date, '', %s::uuid, "
        "%s::date + interval '12 hours', %s::date + interval '12 hours')",
    )
    for no, agency, (_, ended) in past.withheld:
        if ended is None:
            cursor.execute(
                f"update {proving.TABLES[by_no[no].level]} set hidden_from = hidden_from || %s::smallint where id = %s",
                [agency, proving.record_id(no)],
            )
