"""Keeping facts true without anybody asking: what ran out by date, and the nightly look at everything."""

from uuid import UUID

from django.db import connection

BATCH = 500


def refresh_expired() -> int:
    """Bring the facts of people up to date whose last known day has passed; gives how many people.

    Until then an expired row counts as nobody involved: late closes access and never opens it. Run as the worker
    or in maintenance; each batch commits by itself unless a transaction is open.
    """
    total: int = 0
    with connection.cursor() as cursor:
        while True:
            cursor.execute("select gate.refresh_expired(%s)", [BATCH])
            done: int = cursor.fetchone()[0]
            total += done
            if done < BATCH:
                return total


def wrong_facts() -> list[tuple[str, UUID]]:
    """Every governed row (table, id) whose facts differ from what the base rows say today. Should be empty."""
    with connection.cursor() as cursor:
        cursor.execute("select table_name, id from gate.wrong_facts() order by 1, 2")
        wrong: list[tuple[str, UUID]] = cursor.fetchall()
    return wrong
