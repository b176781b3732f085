"""Lets somebody ask one thing of the database and says what came of it. Whatever it did is taken back."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import Any

from django.db import DatabaseError, connection, transaction
from django.db.models import Field, Model
from django.db.models.expressions import DatabaseDefault

from sharing_agreements.models import Post
from sharing_agreements.vocabulary import Purpose
from tests.conftest import as_login, as_web, as_worker

REFUSED = "42501"
"""What PostgreSQL says to a row that no policy lets in, and to a login without the privilege."""
NOBODY = ("eh_web", "eh_worker")
"""The logins, with nobody acting."""
GATE = "eh_gate"
"""The role whose functions write what no login may."""

Who = Post | str
"""A post, acting through the web login; a job of the worker; or a login or role, as which nobody acts."""


def outcome(who: Who, do: Callable[[], int]) -> int | str:
    """What `do` counts when these do it, or the SQLSTATE of their refusal."""
    try:
        with transaction.atomic():
            with _acting(who):
                found = do()
            transaction.set_rollback(True)
    except DatabaseError as error:
        return str(getattr(error.__cause__, "pgcode", error))
    return found


def _acting(who: Who) -> AbstractContextManager[None]:
    if isinstance(who, Post):
        return as_web(who, Purpose.GOVERNANCE)
    return as_login(who) if who in (*NOBODY, GATE) else as_worker(who)


def reads(who: Who, model: type[Model], **which: Any) -> int | str:
    """How many rows they find."""
    return outcome(who, model._base_manager.filter(**which).count)


def adds(who: Who, row: Model) -> int | str:
    """How many rows they add when they add this one."""
    said = {field.column: field.get_db_prep_save(field.pre_save(row, add=True), connection) for field in _said(row)}
    names, marks = ", ".join(said), ", ".join(["%s"] * len(said))
    return asks(who, f"insert into {row._meta.db_table} ({names}) values ({marks})", list(said.values()))


def _said(row: Model) -> list[Field]:
    """The columns a row brings, without those the database fills."""
    values = {field: getattr(row, field.attname) for field in row._meta.concrete_fields}
    return [field for field, value in values.items() if not isinstance(value, DatabaseDefault)]


def changes(who: Who, model: type[Model], **to: Any) -> int | str:
    """How many rows they reach when they say this of every one."""
    return outcome(who, lambda: model._base_manager.update(**to))


def removes(who: Who, model: type[Model]) -> int | str:
    """How many rows they reach when they remove every one."""
    return asks(who, f"delete from {model._meta.db_table}")


def asks(who: Who, statement: str, given: Any = None) -> int | str:
    """How many rows a statement finds or writes."""

    def run() -> int:
        with connection.cursor() as cursor:
            cursor.execute(statement, given)
            return cursor.rowcount

    return outcome(who, run)
