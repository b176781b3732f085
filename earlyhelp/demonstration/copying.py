"""Loads model instances with COPY as eh_owner in maintenance; facts are computed set-based at the end (0027)."""

import csv
import io
import json
from collections import defaultdict
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Any

from django.apps import apps
from django.contrib.postgres.fields import ArrayField
from django.db import connection, models, transaction
from django.db.models.expressions import DatabaseDefault

from sharing_agreements.models import SharedRecord

APPS = ("sharing_agreements", "cases", "referrals")


class Load:
    """Rows waiting to be copied, by model, in the order models were first seen."""

    def __init__(self) -> None:
        self.rows: dict[type[models.Model], list[models.Model]] = defaultdict(list)

    def add(self, *instances: models.Model) -> None:
        """Keep these for the copy. Ids are made in Python, so rows may point at each other at once."""
        for instance in instances:
            self.rows[type(instance)].append(instance)

    def rows_of(self, name: str) -> list[models.Model]:
        """What waits of one model, in the order it came."""
        return next((rows for model, rows in self.rows.items() if model.__name__ == name), [])

    def copy(self) -> None:
        """Write everything, in one transaction, and make the facts true."""
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("set local earlyhelp.maintenance = 'on'")
            governed = [model for model in self.rows if issubclass(model, SharedRecord)]
            with _unguarded(cursor):
                for model in self.rows:
                    if model not in governed:
                        _copy(cursor, model, model._meta.db_table, self.rows[model])
                cursor.execute("select gate.restamp_people()")
                for model in governed:
                    self._stage(cursor, model)
                cursor.execute("set constraints all immediate")

    def _stage(self, cursor: Any, model: type[models.Model]) -> None:
        table = model._meta.db_table
        cursor.execute(f'create temporary table staged (like "{table}" including defaults) on commit drop')
        _copy(cursor, model, "staged", self.rows[model])
        cursor.execute("call gate.insert_staged('staged', %s)", [table])
        cursor.execute("drop table staged")


@contextmanager
def _unguarded(cursor: Any) -> Iterator[None]:
    """Row security and stamps off for the owner, inside this transaction only."""
    cursor.execute("select table_name from gate.governed order by 1")
    stamped = [name for (name,) in cursor.fetchall()]
    tables = [m._meta.db_table for app in APPS for m in apps.get_app_config(app).get_models()]
    cursor.execute("select relname from pg_class where relname = any(%s) and relforcerowsecurity", [tables])
    forced = [name for (name,) in cursor.fetchall()]
    _alter(cursor, forced, "no force row level security")
    _alter(cursor, stamped, "disable trigger stamp")
    yield
    _alter(cursor, stamped, "enable trigger stamp")
    _alter(cursor, forced, "force row level security")


def _alter(cursor: Any, tables: Iterable[str], what: str) -> None:
    for table in tables:
        cursor.execute(f'alter table "{table}" {what}')


def _copy(cursor: Any, model: type[models.Model], table: str, instances: Iterable[models.Model]) -> None:
    fields = model._meta.concrete_fields
    text = io.StringIO()
    writer = csv.writer(text)
    for instance in instances:
        writer.writerow([_as_text(field, getattr(instance, field.attname)) for field in fields])
    text.seek(0)
    columns = ", ".join(f'"{field.column}"' for field in fields)
    cursor.copy_expert(f"""copy "{table}" ({columns}) from stdin (format csv, null '~')""", text)


def _as_text(field: models.Field, value: Any) -> Any:
    """A value as COPY reads it. `~` alone stands for null, so that an empty text stays an empty text."""
    if isinstance(value, DatabaseDefault):
        value = field.db_default
    if value is None:
        return "~"
    if isinstance(field, models.JSONField):
        return json.dumps(value)
    if isinstance(field, ArrayField):
        inner = ",".join(json.dumps(one) if isinstance(one, str) else str(_plain(one)) for one in value)
        return f"{{{inner}}}"
    return _plain(value)


def _plain(value: Any) -> Any:
    return value.value if hasattr(value, "value") else value
