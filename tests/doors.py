"""Ways into the database that are not Django's: raw connections as the project's real logins."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import psycopg2
from psycopg2.extensions import connection as Connection
from psycopg2.extensions import cursor as Cursor

from sharing_agreements.models import Post
from sharing_agreements.row_security import Principal, signed
from tests import database


@contextmanager
def login(name: str, database_name: str) -> Iterator[Connection]:
    """A connection as one of the project's logins, closed afterwards without a commit."""
    connection = psycopg2.connect(database.address(name, database_name))
    try:
        yield connection
    finally:
        connection.close()


def become(cursor: Cursor, post: Post, purpose: str) -> str:
    """Act as this post for the rest of the transaction. Gives the setting, so that a test may try to copy it."""
    principal = Principal.of(post, purpose)
    cursor.execute("select gate.begin(%s::smallint, %s, %s)", [principal.agency_no, principal.role, principal.purpose])
    setting = signed(principal, cursor.fetchone()[0])
    cursor.execute("select set_config('earlyhelp.principal', %s, true)", [setting])
    return setting


def one(cursor: Cursor, statement: str, arguments: Any = None) -> Any:
    """The first column of the first row."""
    cursor.execute(statement, arguments)
    return cursor.fetchone()[0]


def refusal(connection: Connection, statement: str, arguments: Any = None) -> str:
    """Run a statement that must fail, inside a savepoint. Gives its error, or fails the test."""
    with connection.cursor() as cursor:
        cursor.execute("savepoint attempt")
        try:
            cursor.execute(statement, arguments)
        except psycopg2.Error as error:
            cursor.execute("rollback to savepoint attempt")
            return f"{error.pgcode} {error.diag.message_primary}"
    raise AssertionError(f"allowed: {statement}")
