"""Reads several lists of rows in one statement: a page that needs fifteen lists asks the database once.

Each list is the query it would be alone, with its own filters, order and limit, and row security decides on each of
its tables. The lists are laid side by side, row 1 by row 1, and what is shorter is filled up with nulls. Columns keep
the table they come from, so the disclosure log notes the same ids as if each list had been read alone (decision 0020).
"""

from collections.abc import Mapping, Sequence
from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import Count, QuerySet, Value
from django.db.models.sql import Query
from django.db.models.sql.compiler import SQLCompiler

Row = tuple[Any, ...]
Statement = tuple[str, Sequence[Any]]


class Answered(SQLCompiler):
    """The compiler of one list, whose rows have come with those of others."""

    rows: list[Row]

    def execute_sql(self, *_: Any, **__: Any) -> Any:  # type: ignore[override]  # only ever asked for many rows
        """The rows, where Django would ask for them."""
        return [self.rows]


class AnsweredQuery(Query):
    """A query that asks nothing any more."""

    answered: Answered

    def get_compiler(self, *_: Any, **__: Any) -> Answered:
        """The compiler that holds the rows."""
        return self.answered


def together(*lists: QuerySet[Any, Any]) -> tuple[list[Any], ...]:
    """The rows of each of these lists, in their order. One query; none for a list that can hold nothing."""
    asked = [(Answered(rows.query.chain(), connection, rows.db), rows) for rows in lists]
    statements = {place: found for place, (one, _) in enumerate(asked) if (found := _statement(one))}
    answers = _read(statements) if statements else {}
    return tuple(_told(rows, one, answers.get(place, [])) for place, (one, rows) in enumerate(asked))


def by_name(lists: Mapping[str, QuerySet[Any, Any]]) -> dict[str, list[Any]]:
    """The same, for a page that puts its lists together from several places and gives each a name."""
    return dict(zip(lists, together(*lists.values()), strict=True))


def how_many(*lists: QuerySet[Any, Any]) -> list[int]:
    """How many rows each of these lists has, in one query."""
    counts = (rows.order_by().values(every=Value(1)).annotate(number=Count("pk")) for rows in lists)
    return [sum(found) for found in together(*(rows.values_list("number", flat=True) for rows in counts))]


def _statement(one: Answered) -> Statement | None:
    """What a list would ask alone; None where Django knows that nothing can come."""
    try:
        sql, values = one.as_sql()
        return sql, values
    except EmptyResultSet:
        return None


def _read(statements: dict[int, Statement]) -> dict[int, list[Row]]:
    """Ask them side by side, and take what comes apart again."""
    sides: list[str] = []
    numbers: list[str] = []
    for place, (sql, _) in statements.items():
        side = f"(select row_number() over () as row_{place}, one.* from ({sql}) one) list_{place}"  # noqa: S608
        meets = f" on row_{place} = coalesce({', '.join(numbers)})" if numbers else ""
        sides.append(side + meets)
        numbers.append(f"row_{place}")
    given = [value for _, values in statements.values() for value in values]
    with connection.cursor() as cursor:
        cursor.execute(f"select * from {' full join '.join(sides)}", given)  # noqa: S608 (Django's own statements)
        names = [column.name for column in cursor.description]
        starts = [names.index(number) for number in numbers]
        rows = cursor.fetchall()
    found: dict[int, list[Row]] = {}
    for place, start, end in zip(statements, starts, [*starts[1:], len(names)], strict=True):
        held = sorted((row[start:end] for row in rows if row[start] is not None), key=lambda row: row[0])
        found[place] = [row[1:] for row in held]
    return found


def _told(rows: QuerySet[Any, Any], one: Answered, answer: list[Row]) -> list[Any]:
    """The rows as their list gives them: models with what was selected beside them, or values."""
    one.rows = [row[: one.col_count] for row in answer]
    query = rows.query.chain(klass=AnsweredQuery)
    query.answered = one
    told = rows.all()
    # through `query` Django would take a list of plain values for one of dictionaries
    told._query = query  # type: ignore[attr-defined]
    return list(told) if one.rows else []
