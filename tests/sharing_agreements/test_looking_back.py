"""What anybody could have seen on an earlier day is what the oracle says of the world as it stood that day."""

import datetime
from uuid import UUID

import pytest
from django.db import connection

from sharing_agreements.vocabulary import Level
from tests import cast, oracle, past, proving

WORLDS = 20
CHUNK = 10


@pytest.fixture
def cursor(db):
    with connection.cursor() as wrapped:
        proving.prepare(wrapped.cursor)
        yield wrapped.cursor


def rows(cursor, *, happened=False, but=()):
    """The text that reads every record of the proof tables as gate.seen_on wants it, each its own happening."""
    known_on = "r.happened_on" if happened else "(r.recorded_at at time zone 'Europe/London')::date"
    parts = []
    for level, table in proving.TABLES.items():
        if level not in but:
            given = [table, oracle.DEPTH[level], "r.id", known_on, "true"]
            cursor.execute("select gate.past_rows(%s, %s, %s, %s, %s)", given)
            parts.append(cursor.fetchone()[0])
    return " union all ".join(parts)


def number(one: str | None) -> int:
    return UUID(one).int & 0xFFFF if one else 0


def said(cursor, day, *, happened):
    """What the gate says, in the words of past.could_have_seen."""
    cursor.execute(
        "select agency_no, role, purpose, happening::text, way, clause_id::text "
        f"from gate.seen_on(array(select r.one from ({rows(cursor, happened=happened)}) r), %s)",
        [day],
    )
    return {
        (agency, role, purpose, number(record), way, number(clause) // 100, number(clause) % 100)
        for agency, role, purpose, record, way, clause in cursor.fetchall()
    }


def first(cursor, day):
    """The first day of the whole and who, as the gate says."""
    cursor.execute(
        "select day, agency_no, role, purpose "
        f"from gate.first_whole(array(select r.one from ({rows(cursor, but=[Level.EXISTENCE])}) r), %s)",
        [day],
    )
    found = cursor.fetchall()
    return (found[0][0], {row[1:] for row in found}) if found else None


@pytest.mark.parametrize("start", range(0, WORLDS, CHUNK))
def test_what_could_have_been_seen_on_a_day_is_what_the_oracle_says_of_that_day(cursor, start):
    lines = 0
    for no in range(start, start + CHUNK):
        source = proving.seeded(no)
        world = past.make(source, cast.today())
        cursor.execute("savepoint before_the_world")
        past.load(cursor, world)
        cursor.execute("set local role eh_gate")
        for ago in (0, 1, 2, source.choice([3, 60, 399])):
            day, happened = cast.today() - datetime.timedelta(days=ago), source.random() < 0.5
            expected = past.could_have_seen(world, day, happened=happened)
            got = said(cursor, day, happened=happened)
            assert got == expected, (
                f"world {no}, {ago} days ago",
                sorted(got - expected)[:3],
                sorted(expected - got)[:3],
            )
            lines += sum(line[4] == "clause" for line in expected)
        cursor.execute("rollback to savepoint before_the_world")
    assert lines > 3 * CHUNK, "worlds in which no clause opens anything prove nothing"


def few_records(world):
    """Of a handful of records somebody sees the whole now and then."""
    world.world.records = [r for r in world.world.records if r.level != Level.EXISTENCE][:2]
    kept = {r.no for r in world.world.records}
    for no in kept:
        world.recorded[no] = max(world.recorded[no], cast.today() - datetime.timedelta(days=5))
    world.withheld = [one for one in world.withheld if one[0] in kept]
    paired = [(s, at) for s, at in zip(world.world.shares, world.shared, strict=True) if s.record in kept]
    world.world.shares, world.shared = [s for s, _ in paired], [at for _, at in paired]


@pytest.mark.parametrize("start", range(0, 2 * WORLDS, CHUNK))
def test_the_first_day_of_the_whole_is_the_first_that_the_oracle_finds(cursor, start):
    found = 0
    for no in range(start, start + CHUNK):
        source = proving.seeded(no)
        world = past.make(source, cast.today())
        few_records(world)
        cursor.execute("savepoint before_the_world")
        past.load(cursor, world)
        cursor.execute("set local role eh_gate")
        for ago in (0, 2, 4):
            day = cast.today() - datetime.timedelta(days=ago)
            expected = past.first_whole(world, day)
            assert first(cursor, day) == expected, f"world {no}, {ago} days ago"
            found += expected is not None
        cursor.execute("rollback to savepoint before_the_world")
    assert found, "worlds in which nobody sees the whole prove nothing"
