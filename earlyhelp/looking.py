"""Notes which governed rows a request reads, from what PostgreSQL itself says of each result's columns.

psycopg2 reports the base table and column behind every selected column, through aliases, subqueries and CTEs.
Where a governed table's key is selected its ids are noted; where other columns of it are, the rows are counted
(decision 0020). Nothing is noted unless a request is looking, so jobs and commands pay nothing.
"""

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from psycopg2.extensions import cursor as PlainCursor


@dataclass
class Looks:
    """What one request has read so far."""

    ids: dict[UUID, None] = field(default_factory=dict)
    tables: Counter[str] = field(default_factory=Counter)


_looks: ContextVar[Looks | None] = ContextVar("looks", default=None)
_keys: dict[str, dict[int, tuple[str, int]]] = {}

KEYS_QUERY = """
    select c.oid, g.table_name, a.attnum
      from gate.governed g
      join pg_class c on c.relname = g.table_name and c.relnamespace = 'public'::regnamespace
      join pg_attribute a on a.attrelid = c.oid and a.attname = 'id'
"""


@contextmanager
def looking() -> Iterator[Looks]:
    """Note every governed row read inside the block."""
    looks = Looks()
    token = _looks.set(looks)
    try:
        yield looks
    finally:
        _looks.reset(token)


class LookingCursor(PlainCursor):
    """A cursor that tells the current request's Looks which governed rows it handed out."""

    _watch: list[tuple[str, int | None]]

    def execute(self, query: Any, variables: Any = None) -> None:
        """Run the query, then see which governed tables its columns come from."""
        super().execute(query, variables)
        self._watch = []
        if self.description and _looks.get() is not None:
            self._watch = self._governed_columns()

    def _governed_columns(self) -> list[tuple[str, int | None]]:
        keys = self._known_keys()
        found: dict[int, int | None] = {}
        for position, column in enumerate(self.description or ()):
            if column.table_oid in keys:
                is_key = column.table_column == keys[column.table_oid][1]
                found[column.table_oid] = position if is_key else found.get(column.table_oid)
        return [(keys[oid][0], position) for oid, position in found.items()]

    def _known_keys(self) -> dict[int, tuple[str, int]]:
        database = self.connection.info.dbname
        if database not in _keys:
            with self.connection.cursor(cursor_factory=PlainCursor) as plain:
                plain.execute(KEYS_QUERY)
                _keys[database] = {oid: (table, attribute) for oid, table, attribute in plain.fetchall()}
        return _keys[database]

    def _note(self, rows: list[tuple[Any, ...]]) -> None:
        looks = _looks.get()
        if looks is None:
            return
        for table, position in self._watch:
            if position is None:
                looks.tables[table] += len(rows)
                continue
            ids = [row[position] for row in rows if row[position] is not None]
            looks.tables[table] += len(ids)
            looks.ids.update(dict.fromkeys(ids))

    def fetchone(self) -> Any:
        """One row, noted."""
        row = super().fetchone()
        if row is not None and self._watch:
            self._note([row])
        return row

    def fetchmany(self, size: int | None = None) -> Any:
        """Some rows, noted."""
        rows = super().fetchmany(self.arraysize if size is None else size)
        if rows and self._watch:
            self._note(rows)
        return rows

    def fetchall(self) -> Any:
        """All rows, noted."""
        rows = super().fetchall()
        if rows and self._watch:
            self._note(rows)
        return rows
