"""Fill tables of a kept benchmark database quickly: without triggers, policies, foreign keys and indexes meanwhile."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

FOREIGN_KEYS = """
select 'alter table %(table)s drop constraint ' || quote_ident(conname),
       'alter table %(table)s add constraint ' || quote_ident(conname) || ' ' || pg_get_constraintdef(oid)
  from pg_constraint where conrelid = '%(table)s'::regclass and contype = 'f'"""
INDEXES = """
select 'drop index ' || i.indexrelid::regclass, pg_get_indexdef(i.indexrelid)
  from pg_index i
 where i.indrelid = '%(table)s'::regclass
   and not exists (select from pg_constraint c where c.conindid = i.indexrelid)"""


@contextmanager
def bare_tables(cursor: Any, *tables: str) -> Iterator[None]:
    """Take from these tables what slows a fill down, and give it back afterwards. Run by the owner."""
    again = []
    for table in tables:
        governed = "force row level security" if _is_governed(cursor, table) else ""
        for question in (FOREIGN_KEYS, INDEXES):
            cursor.execute(question % {"table": table})
            for drop, make in cursor.fetchall():
                cursor.execute(drop)
                again.append(make)
        cursor.execute(f"alter table {table} disable trigger user")
        if governed:
            cursor.execute(f"alter table {table} no {governed}")
            again.append(f"alter table {table} {governed}")
        again.append(f"alter table {table} enable trigger user")
    yield
    cursor.execute("set local maintenance_work_mem = '512MB'")
    for statement in again:
        cursor.execute(statement)


def _is_governed(cursor: Any, table: str) -> bool:
    cursor.execute("select relforcerowsecurity from pg_class where oid = %s::regclass", [table])
    return bool(cursor.fetchone()[0])
