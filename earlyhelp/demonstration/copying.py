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
            with _unstamped(cursor):
                for model, instances in self.rows.items():
                    _copy(cursor, model, instances)
                cursor.execute("set constraints all immediate")
            cursor.execute("select gate.restamp()")


@contextmanager
def _unstamped(cursor: Any) -> Iterator[None]:
    """Row security and stamps off for the owner, inside this transaction only."""
    tables = [m._meta.db_table for app in APPS for m in apps.get_app_config(app).get_models() if m._meta.managed]
    cursor.execute("select relname from pg_class where relname = any(%s) and relforcerowsecurity", [tables])
    forced = [name for (name,) in cursor.fetchall()]
    for table in forced:
        cursor.execute(f'alter table "{table}" disable trigger stamp, no force row level security')
    yield
    for table in forced:
        cursor.execute(f'alter table "{table}" enable trigger stamp, force row level security')


def _copy(cursor: Any, model: type[models.Model], instances: Iterable[models.Model]) -> None:
    fields = model._meta.concrete_fields
    text = io.StringIO()
    writer = csv.writer(text)
    for instance in instances:
        writer.writerow([_as_text(field, getattr(instance, field.attname)) for field in fields])
    text.seek(0)
    columns = ", ".join(f'"{field.column}"' for field in fields)
    cursor.copy_expert(f"""copy "{model._meta.db_table}" ({columns}) from stdin (format csv, null '~')""", text)


def _as_text(field: models.Field, value: Any) -> Any:
    """A value as COPY reads it. `~` alone stands for null, so that an empty text stays an empty text."""
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
