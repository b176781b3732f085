"""Who can see a family, and what a practitioner can see, are what the oracle says of every post, for random worlds."""

from dataclasses import replace
from uuid import UUID

import pytest
from django.db import connection, transaction
from hypothesis import HealthCheck, given, settings

from sharing_agreements.vocabulary import Purpose, Role
from tests import oracle, proving
from tests.oracle import Record, Viewer, World
from tests.worlds import PURPOSES, worlds

WORLDS = 30
FAMILY = str(UUID(int=99 << 64))
some_worlds = settings(
    max_examples=WORLDS,
    deadline=None,
    database=None,
    print_blob=True,
    suppress_health_check=[
        HealthCheck.function_scoped_fixture,
        HealthCheck.too_slow,
        HealthCheck.data_too_large,
        HealthCheck.large_base_example,
    ],
)


class _Undo(Exception):
    """Ends a world's savepoint."""


@pytest.fixture
def cursor(db):
    with connection.cursor() as wrapped:
        proving.prepare(wrapped.cursor)
        yield wrapped.cursor


def post_id(one: Viewer) -> str:
    """The post of a practitioner, the same as proving.become acts under."""
    return str(UUID(int=(8 << 64) + one.practitioner))


def holders(world: World) -> list[Viewer]:
    """One post for each practitioner: the last of the world's viewers."""
    return list({one.practitioner: one for one in world.viewers}.values())


def load(cursor, world: World) -> None:
    """The world with a post for each viewer, all its records in one family."""
    proving.load(cursor, world)
    cursor.execute("insert into sharing_agreements_family (id) values (%s)", [FAMILY])
    for no, agency in world.teams.items():
        cursor.execute(
            "insert into sharing_agreements_team (id, no, agency_id, name) values (%s, %s, %s, %s)",
            [str(UUID(int=(11 << 64) + no)), no, proving.agency_id(agency), str(no)],
        )
    for one in holders(world):
        cursor.execute(
            "insert into sharing_agreements_post (id, practitioner_id, agency_id, team_id, role, title, starts_on)"
            " values (%s, %s, %s, %s, %s, '', '2020-01-01')",
            [
                post_id(one),
                proving.practitioner_id(one.practitioner),
                proving.agency_id(one.agency),
                str(UUID(int=(11 << 64) + one.team)) if one.team else None,
                one.role,
            ],
        )
    for table in proving.TABLES.values():
        cursor.execute(f"update {table} set family_id = %s", [FAMILY])


def opened(world: World, viewer: Viewer, record: Record) -> set[tuple[str, int, int]]:
    """Every way in which a record is open to a post, for any purpose."""
    return set().union(*(oracle.opened_by(world, replace(viewer, purpose=p), record) for p in PURPOSES))


def may_ask_about(world: World, viewer: Viewer, record: Record) -> bool:
    """The governance lead about own rows that nothing closes to them; casework roles about what they may read."""
    if viewer.role in {Role.REPORTER, Role.SUPERVISOR, Role.ANALYST, Role.ADMINISTRATOR}:
        return False
    if viewer.role == Role.GOVERNANCE_LEAD:
        return record.owner == viewer.agency and not oracle._is_closed(world, viewer, record)
    return oracle.may_read(world, viewer, record)


def way_of(way: str, clause: str | None) -> tuple[str, int, int]:
    """A way as the gate says it, in the words of oracle.opened_by."""
    number = UUID(clause).int & 0xFFFF if clause else 0
    return way.partition("_")[0], number // 100, number % 100


def wrong_about_the_family(cursor, world: World) -> list[object]:
    """Where the gate and the oracle differ about who sees the family, asked by each viewer of the world."""
    load(cursor, world)
    found = []
    for asking in holders(world):
        asked = [r for r in world.records if may_ask_about(world, asking, r)]
        expected = {
            (post_id(viewer), r.kind, oracle.DEPTH[r.level], r.owner, *way)
            for viewer in holders(world)
            for r in asked
            for way in opened(world, viewer, r)
        }
        proving.become(cursor, asking)
        cursor.execute(
            "select posts::text[], kind, level, owner_no, way, clause_id::text from gate.who_can_see(%s)", [FAMILY]
        )
        said = {(post, *of, *way_of(way, clause)) for posts, *of, way, clause in cursor.fetchall() for post in posts}
        proving.become_owner(cursor)
        if said != expected:
            found.append((asking, said ^ expected))
    return found


def wrong_about_reach(cursor, world: World) -> list[object]:
    """Where they differ about what the practitioners of an agency can see, asked by its governance lead."""
    load(cursor, world)
    found = []
    for viewer in holders(world):
        expected: dict[tuple, int] = {}
        for record in world.records:
            for way in opened(world, viewer, record):
                key = (record.kind, oracle.DEPTH[record.level], record.owner, *way)
                expected[key] = expected.get(key, 0) + 1
        lead = Viewer(1, viewer.agency, None, Role.GOVERNANCE_LEAD, Purpose.GOVERNANCE)
        proving.become(cursor, lead)
        cursor.execute(
            "select kind, level, owner_no, way, clause_id::text, max(records) from gate.can_see(%s, 1000)"
            " where post_id = %s group by 1, 2, 3, 4, 5",
            [proving.practitioner_id(viewer.practitioner), post_id(viewer)],
        )
        ways: dict[tuple, int] = {}
        for *of, way, clause, records in cursor.fetchall():
            key = (*of, *way_of(way, clause))
            ways[key] = max(ways.get(key, 0), records)
        proving.become_owner(cursor)
        own = {key for key in expected if key[3] == "own"}
        same = {k: n for k, n in ways.items() if k not in own} == {k: n for k, n in expected.items() if k not in own}
        if not same or set(ways) != set(expected):
            found.append((viewer, ways, expected))
    return found


@some_worlds
@given(world=worlds())
def test_who_can_see_a_family_is_what_the_oracle_says_of_every_post(cursor, world):
    wrong: list[object] = []
    try:
        with transaction.atomic():
            wrong = wrong_about_the_family(cursor, world)
            raise _Undo
    except _Undo:
        assert not wrong, wrong[:2]


@some_worlds
@given(world=worlds())
def test_what_a_practitioner_can_see_is_what_the_oracle_says(cursor, world):
    wrong: list[object] = []
    try:
        with transaction.atomic():
            wrong = wrong_about_reach(cursor, world)
            raise _Undo
    except _Undo:
        assert not wrong, wrong[:2]
