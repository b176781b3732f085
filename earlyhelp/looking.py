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


Watched = list[tuple[str, list[int], list[int]]]
"""Of one result: each governed table in it, where its keys stand (it may be in it twice), and its other columns."""

_looks: ContextVar[Looks | None] = ContextVar("looks", default=None)
_keys: dict[str, dict[int, tuple[str, int]]] = {}
_watched: dict[tuple[str, str], Watched] = {}
_STATEMENTS_KEPT = 2000
"""Statements whose columns are remembered: where they come from depends on a statement's text and on nothing else."""

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

    _watch: Watched

    def execute(self, query: Any, variables: Any = None) -> None:
        """Run the query, then see which governed tables its columns come from."""
        super().execute(query, variables)
        self._watch = []
        if self.description and _looks.get() is not None:
            self._watch = self._watched(query)

    def _watched(self, query: Any) -> Watched:
        """What to note of this statement's result, worked out once for each text."""
        if not isinstance(query, str):
            return self._governed_columns()
        statement = (self.connection.info.dbname, query)
        if statement not in _watched:
            if len(_watched) >= _STATEMENTS_KEPT:
                _watched.clear()
            _watched[statement] = self._governed_columns()
        return _watched[statement]

    def _governed_columns(self) -> Watched:
        keys = self._known_keys()
        found: dict[int, tuple[str, list[int], list[int]]] = {}
        for position, column in enumerate(self.description or ()):
            if column.table_oid in keys:
                table, attribute = keys[column.table_oid]
                watched = found.setdefault(column.table_oid, (table, [], []))
                (watched[1] if column.table_column == attribute else watched[2]).append(position)
        return list(found.values())

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
        for table, keys, others in self._watch:
            ids = [row[key] for key in keys for row in rows if row[key] is not None]
            looks.ids.update(dict.fromkeys(ids))
            looks.tables[table] += len(ids) if keys else sum(any(row[o] is not None for o in others) for row in rows)

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
