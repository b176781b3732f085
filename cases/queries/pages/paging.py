"""Keyset paging: a page says after which row the next one begins, so it stays right while rows arrive, and quick."""

import base64
import binascii
import datetime
from typing import TypeVar
from uuid import UUID

from django.db.models import Model, Q, QuerySet

Row = TypeVar("Row", bound=Model)


def mark(*place: datetime.date | UUID | str) -> str:
    """The place of a row in its list, for an address: what the list is ordered by, last the row's id."""
    words = (one.isoformat() if isinstance(one, datetime.date) else str(one) for one in place)
    return base64.urlsafe_b64encode(" ".join(words).encode()).decode()


def words_of(after: str) -> list[str]:
    """What a mark was made of; nothing for what is no mark."""
    try:
        return base64.urlsafe_b64decode(after.encode()).decode().split(" ")
    except (ValueError, binascii.Error):
        return []


def place_of(after: str) -> tuple[datetime.date, UUID] | None:
    """The day or moment, and the id, that a mark tells; None for what is no such mark."""
    try:
        said, key = words_of(after)
        when = datetime.datetime.fromisoformat(said) if "T" in said else datetime.date.fromisoformat(said)
        return when, UUID(key)
    except ValueError:
        return None


def older_than(rows: QuerySet[Row], column: str, after: str) -> QuerySet[Row]:
    """Rows after this place in a list that runs newest first by `column`, then by id. A mark that is none: all rows."""
    place = place_of(after)
    if place is None:
        return rows
    when, last = place
    return rows.filter(Q(**{f"{column}__lt": when}) | Q(**{column: when}, pk__lt=last))


def later_than(rows: QuerySet[Row], column: str, after: str) -> QuerySet[Row]:
    """Rows after this place in a list that runs oldest first by `column`, then by id. A mark that is none: all rows."""
    place = place_of(after)
    if place is None:
        return rows
    when, last = place
    return rows.filter(Q(**{f"{column}__gt": when}) | Q(**{column: when}, pk__gt=last))
