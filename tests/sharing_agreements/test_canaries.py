"""A canary in every governed table: its word reaches nobody whom no agreement opens it to, by no door.

Tables come from gate.governed, so a new one is covered by being governed. What stays possible and is known:
an INSERT with an existing id, or a key to a hidden row, answers that the id exists (ids are random UUIDs), and
EXPLAIN ANALYZE says how many rows were filtered out, never what is in them (no screen shows plans).
"""

import io
from graphlib import TopologicalSorter
from typing import Any
from uuid import UUID, uuid4

import psycopg2
import pytest
from django.apps import apps
from django.db import connection, models

from sharing_agreements.models import Post, SharedRecord
from sharing_agreements.vocabulary import AgencyType, Purpose, Role
from tests import cast, proving
from tests.doors import become, login, one

WORD = "Quagmirebird"
FACTS = set(SharedRecord.FACTS)


def governed_models() -> list[type[SharedRecord]]:
    """Every governed model, parents before children."""
    governed = [m for m in apps.get_models() if issubclass(m, SharedRecord)]
    parents = {m: [f.related_model for f in m._meta.concrete_fields if f.related_model in governed] for m in governed}
    return list(TopologicalSorter({m: [p for p in found if p is not m] for m, found in parents.items()}).static_order())


def _key(field: models.Field, rows: dict[Any, Any], post: Post) -> Any:
    """What a foreign key of the model's own points at: another canary, or a new row."""
    target = field.related_model
    known = {"Person": rows["person"].pk, "Agency": post.agency_id, "Practitioner": post.practitioner_id}
    if target not in rows and field.null:
        return None
    if target.__name__ in known:
        return known[target.__name__]
    if target not in rows:
        rows[target] = plant(target, rows, post)
    return rows[target].pk


def _fill(field: models.Field) -> Any:
    """A value for one of the model's own columns: the word wherever it fits."""
    if field.choices and not field.has_default():
        return field.flatchoices[0][0]
    if isinstance(field, models.CharField | models.TextField) and not field.choices:
        return WORD[: field.max_length]
    if field.has_default() or field.null:
        return field.get_default()
    for sort, value in _VALUES.items():
        if isinstance(field, sort):
            return value
    return False


_VALUES = {models.DateTimeField: cast.SIGNED_AT, models.DateField: cast.LONG_AGO, models.UUIDField: uuid4()}
_VALUES |= {models.IntegerField: 1, models.BinaryField: WORD.encode()}


def plant(model: type[models.Model], rows: dict[Any, Any], post: Post) -> models.Model:
    """A row of `model` with the word in it, owned by the police when governed."""
    values = {}
    if issubclass(model, SharedRecord):
        values = {
            "owner_id": post.agency_id,
            "author_id": post.practitioner_id,
            "person_id": rows["person"].pk,
            "family_id": None,
            "happened_on": cast.today(),
            "kind": model.KIND or 6,
        }
    for field in model._meta.concrete_fields:
        if field.name not in values and field.attname not in values and field.name not in FACTS | {"version", "id"}:
            values[field.attname] = _key(field, rows, post) if field.is_relation else _fill(field)
    made = model(**values)
    made.save(force_insert=True)
    return made


def forget_checks() -> None:
    """Drop CHECK constraints, in this test's own database: a canary need not make sense, only be secret."""
    with connection.cursor() as cursor:
        proving.forget_checks(cursor)


@pytest.fixture
def planted(committed):
    """Canaries of a police force that shares nothing, and a housing manager who looks for them."""
    police = cast.agency("Marlbeck Constabulary", AgencyType.POLICE)
    housing = cast.agency("Marlbeck Homes", AgencyType.HOUSING)
    owner, looker = cast.post("Cleo", police, Role.REPORTER), cast.post("Dora", housing, Role.MANAGER)
    rows: dict[Any, Any] = {"person": cast.person()}
    forget_checks()
    for model in governed_models():
        if model not in rows:
            rows[model] = plant(model, rows, owner)
    return committed, owner, looker, {m: rows[m] for m in governed_models()}


def _rows(cursor, statement: str, arguments: Any = None) -> list[tuple]:
    cursor.execute(statement, arguments)
    return cursor.fetchall()


def _copied(cursor, table: str) -> str:
    into = io.StringIO()
    cursor.copy_expert(f"copy (select * from {table}) to stdout", into)
    cursor.copy_expert(f"copy {table} to stdout", into)
    return into.getvalue()


def _quietly(cursor, statement: str, arguments: Any = None) -> str:
    """Everything a statement says, result or error."""
    cursor.execute("savepoint attempt")
    try:
        cursor.execute(statement, arguments)
        said = str(cursor.fetchall()) if cursor.description else ""
    except psycopg2.Error as error:
        said = f"{error} {error.diag.message_detail}"
    cursor.execute("rollback to savepoint attempt")
    return said


def test_the_owner_finds_every_canary(planted):
    name, owner, _, rows = planted
    with login("eh_web", name) as web, web.cursor() as cursor:
        become(cursor, owner, Purpose.REPORTING)
        for model, row in rows.items():
            assert _rows(cursor, f"select id::text from {model._meta.db_table}") == [(str(row.pk),)], model


def test_no_read_returns_a_canary(planted):
    name, _, looker, rows = planted
    with login("eh_web", name) as web, web.cursor() as cursor:
        become(cursor, looker, Purpose.EARLY_HELP)
        for model, row in rows.items():
            table = model._meta.db_table
            assert _rows(cursor, f"select * from {table}") == [], table
            assert one(cursor, f"select count(*) from {table}") == 0, table
            assert _rows(cursor, f"select id from {table} order by recorded_at desc limit 1") == [], table
            assert _rows(cursor, f"select * from {table} where id = %s", [str(row.pk)]) == [], table
            assert _rows(cursor, f"select * from {table} t where t::text like %s", [f"%{WORD}%"]) == [], table
            joined = f"select p.id, t.* from sharing_agreements_person p join {table} t on t.person_id = p.id"
            assert _rows(cursor, joined) == [], table
            assert _rows(cursor, f"select t.* from {table} t tablesample system (100)") == [], table
            assert _rows(cursor, "select * from pg_stats where tablename = %s", [table]) == [], table
            assert _copied(cursor, table) == "", table


def test_no_write_touches_or_returns_a_canary(planted):
    name, _, looker, rows = planted
    with login("eh_web", name) as web, web.cursor() as cursor:
        become(cursor, looker, Purpose.EARLY_HELP)
        for model, row in rows.items():
            table = model._meta.db_table
            change = f"update {table} set version = version + 1"
            said = _quietly(cursor, f"{change} returning *")
            assert said == "[]" or "permission denied" in said, table
            if said == "[]":
                cursor.execute(f"{change} where id = %s", [str(row.pk)])
                assert cursor.rowcount == 0, table
            for statement in (f"delete from {table}", f"truncate {table} cascade"):
                assert "permission denied" in _quietly(cursor, statement), statement


def test_no_error_and_no_plan_says_what_is_in_a_canary(planted):
    name, _, looker, rows = planted
    with login("eh_web", name) as web, web.cursor() as cursor:
        become(cursor, looker, Purpose.EARLY_HELP)
        for model, row in rows.items():
            table = model._meta.db_table
            probes = [
                f"explain (analyze, verbose) select * from {table}",
                f"select 1 / (length(t::text) - length(t::text)) from {table} t",
                f"select (t::text)::integer from {table} t",
                f"select xmlparse(document t::text) from {table} t where t::text::uuid is not null",
            ]
            said = [_quietly(cursor, probe) for probe in probes]
            again = f"insert into {table} (id, owner_id, person_id, about, happened_on, recorded_at, hidden_from) "
            again += "values (%s, %s, %s, '{}', now(), now(), '{}')"
            said.append(_quietly(cursor, again, [str(row.pk), str(looker.agency_id), str(uuid4())]))
            assert WORD not in " ".join(said), table
            assert said[1:3] == ["[]", "[]"], table


def test_nobody_without_a_principal_and_no_worker_without_its_job_reads_a_canary(planted):
    name, _, _, rows = planted
    for who in ("eh_web", "eh_worker"):
        with login(who, name) as opened, opened.cursor() as cursor:
            for model in rows:
                assert one(cursor, f"select count(*) from {model._meta.db_table}") == 0, (who, model)


def test_every_governed_table_has_a_canary(planted):
    with connection.cursor() as cursor:
        cursor.execute("set role eh_gate")
        cursor.execute("select table_name from gate.governed order by 1")
        tables = [row[0] for row in cursor.fetchall()]
        cursor.execute("set role eh_owner")
    assert tables == sorted(m._meta.db_table for m in planted[3])
    assert all(isinstance(row.pk, UUID) for row in planted[3].values())
