"""The test's own connection to the database, in maintenance. Not Django's: that refuses to run beside a browser."""

from typing import Any

import psycopg2

from tests import database


class Maintenance:
    """Sees and changes every row of the database `name`."""

    def __init__(self, name: str) -> None:
        self.address = database.address("eh_tester", name)

    def run(self, statement: str, *values: Any) -> list[tuple[Any, ...]]:
        """Run one statement in a transaction of its own; gives its rows."""
        connection = psycopg2.connect(self.address)
        try:
            with connection, connection.cursor() as cursor:
                cursor.execute(statement, values)
                return cursor.fetchall() if cursor.description else []
        finally:
            connection.close()
