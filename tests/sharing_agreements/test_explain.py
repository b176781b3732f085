"""A row is explained by something if and only if it is visible, and by exactly what opens it, for random worlds."""

import pytest
from django.db import connection, transaction
from hypothesis import HealthCheck, given, settings

from sharing_agreements.rules import WAYS
from tests import oracle, proving
from tests.worlds import worlds

WORLDS = 75


@pytest.fixture
def cursor(db):
    with connection.cursor() as wrapped:
        proving.prepare(wrapped.cursor)
        yield wrapped.cursor


class _Undo(Exception):
    """Ends a world's savepoint."""


def disagreements(cursor, world):
    """Viewer, record, what the oracle says opens it, what the gate says."""
    proving.load(cursor, world)
    for viewer in world.viewers:
        said = proving.explained(cursor, world, viewer)
        seen = proving.ask(cursor, world, viewer)
        for record in world.records:
            opened = oracle.opened_by(world, viewer, record)
            explained = said.get(record.no, set())
            if explained != opened or bool(explained) != (record.no in seen[record.level].listed):
                yield viewer, record, opened, explained


@settings(
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
@given(world=worlds())
def test_a_row_is_explained_by_exactly_what_opens_it_and_only_when_it_is_visible(cursor, world):
    wrong = []
    try:
        with transaction.atomic():
            wrong = list(disagreements(cursor, world))
            raise _Undo
    except _Undo:
        assert not wrong, wrong[:3]


def test_every_way_in_has_its_words_and_a_place_of_its_own(cursor):
    cursor.execute("set local role eh_gate; select place, way from gate.ways(2)")
    ways = cursor.fetchall()
    assert {way for _, way in ways} == set(WAYS)
    assert [place for place, _ in ways] == list(range(1, len(ways) + 1))
    cursor.execute("set local role eh_owner")


def test_nobody_acting_is_told_nothing(cursor):
    cursor.execute("set local role eh_web")
    cursor.execute("select count(*) from gate.explain(array['sharing_agreements_identity'], array[gen_random_uuid()])")
    assert cursor.fetchone() == (0,)
    cursor.execute("set local role eh_owner")


def test_the_functions_written_from_the_ways_and_the_governed_tables_are_as_those_stand(cursor):
    cursor.execute("set local role eh_gate")
    explain_rows = "select prosrc from pg_proc where oid = 'gate.explain_rows'::regproc"
    cursor.execute(explain_rows)
    stands = cursor.fetchone()
    cursor.execute("select gate.write_explain()")
    cursor.execute(explain_rows)
    assert cursor.fetchone() == stands
    cursor.execute("""
        select g.table_name from gate.governed g, pg_proc f
         where f.oid = 'gate.fan_out'::regproc and position(format('update %I r', g.table_name) in f.prosrc) = 0
        union all
        select g.table_name from gate.governed g, pg_proc f
         where f.oid = 'gate.rows_asked_about'::regproc
           and position(gate.fact_rows(g.table_name, 'id = any(') in f.prosrc) = 0
        union all
        select g.table_name from gate.governed g, pg_proc f
         where f.oid = 'gate.rows_about'::regproc
           and position(gate.fact_rows(g.table_name, 'about && people') in f.prosrc) = 0""")
    assert cursor.fetchall() == []
    cursor.execute("set local role eh_owner")
