"""A standing database for the trial: each mutant in turn is put into it and taken out again.

A clone for each would be simpler, and costs more than a second: some 1,500 files. After a mutant is taken out,
policies, triggers, functions and privileges must be what they were; otherwise the database is dropped, and the next one
is cloned.
"""

import os
from collections.abc import Iterator
from contextlib import contextmanager

import psycopg2

from tests import database
from tests.mutation import applying, python_applying
from tests.mutation.calling import Calls
from tests.mutation.mutants import Mutant

_clone, _drop = database.clone, database.drop
_ALONE = """
select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid();
"""
_as_migrated: list[tuple[str, ...]] = []


class DoesNotLoad(Exception):
    """The mutant is no SQL or no Python."""


def found(name: str) -> None:
    """Have the database, and remember what a migrated one is like."""
    _clone(name)
    _as_migrated[:] = run(name, applying.STATE)


def forget(name: str) -> None:
    """Drop the database and what a test made of it for itself."""
    _drop(name)
    _drop(f"{name}_own")


@contextmanager
def database_of(mutant: Mutant | None, name: str, calls: Calls | None = None) -> Iterator[None]:
    """Every database that this process now opens is the mutant. Afterwards `name` is as migrated, or gone.

    `calls` is told of the databases that tests make for themselves.
    """
    is_sql = mutant is not None and mutant.file.endswith(".sql")
    if not _is_there(name):
        _clone(name)
    _be_at(name, script := applying.script(mutant) if is_sql else "", calls)
    try:
        if is_sql:
            run(name, script)
        elif mutant:
            python_applying.apply(mutant)
    except (psycopg2.Error, SyntaxError, LookupError) as error:
        raise DoesNotLoad(str(error)) from None
    try:
        yield
    finally:
        if is_sql:
            _take_out(mutant, name)


def _take_out(mutant: Mutant, name: str) -> None:
    from django.db import connections

    connections.close_all()
    try:
        run(name, _ALONE + applying.back(mutant))  # a test that failed may have left a connection with locks
        is_clean = applying.is_replaced_whole(mutant) or run(name, applying.STATE) == _as_migrated
    except psycopg2.Error:
        is_clean = False
    if not is_clean:
        forget(name)


def _be_at(name: str, script: str, calls: Calls | None) -> None:
    """Let this process's connection and its fixtures use `name`, and any further clone be the mutant too."""
    from django.db import connection

    def clone(other: str) -> None:
        if other != name:
            _clone(other)
            if script:
                run(other, script)
            if calls:
                calls.follow(other)

    def drop(other: str) -> None:
        if other != name:
            if calls and _is_there(other):
                calls.collect(other)
            _drop(other)

    database.clone, database.drop, database.NAME = clone, drop, name
    os.environ["DATABASE_URL"] = database.address("eh_tester", name)
    connection.settings_dict["NAME"] = name


def _is_there(name: str) -> bool:
    return bool(database._ask("select from pg_database where datname = %s", name))


def run(name: str, statement: str) -> list[tuple[str, ...]]:
    """Rows of one statement, run by the administrator."""
    connection = psycopg2.connect(database.admin_address(name))
    try:
        with connection, connection.cursor() as cursor:
            cursor.execute(statement)
            return cursor.fetchall() if cursor.description else []
    finally:
        connection.close()
