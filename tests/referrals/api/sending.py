"""A record system of the police, and the report it sends. Shared by the tests of the API."""

import datetime
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db import connection
from django.test import Client

from sharing_agreements.actions import record_systems
from sharing_agreements.models import Agency, Post, RecordSystem
from sharing_agreements.vocabulary import Purpose, Role
from tests import cast
from tests.conftest import as_login, as_web

REPORTS = "/api/v1/reports/"


@contextmanager
def aside() -> Iterator[None]:
    """Something that is not the program's: done by the owner, then it is the web login's turn again."""
    with as_login("eh_owner"):
        yield
    with connection.cursor() as cursor:
        cursor.execute("set local role eh_web")


def tender(agency: Agency) -> Post:
    """An administrator of the agency."""
    return cast.post(f"Admin {agency.no}", agency, Role.ADMINISTRATOR)


def key_for(agency: Agency, *, by: Post | None = None, name: str = "Niche", days: int = 90) -> str:
    """Add a record system to the agency and make it a key, as its administrator."""
    with aside():
        by = by or tender(agency)
        with as_web(by, Purpose.GOVERNANCE):
            system = record_systems.add_record_system(name=name, by=by)
            until = cast.today() + datetime.timedelta(days=days)
            return record_systems.issue_key(system=RecordSystem(pk=system), until=until, by=by)


def report(**changed: Any) -> dict[str, Any]:
    """A report about two children."""
    return {
        "writer": {"name": "PC Ann Reed 4471", "reach": "01632 960555"},
        "danger": "no",
        "account": "Shouting from the flat. Mother had a cut lip.",
        "concern": "domestic_abuse",
        "happened": "2026-03-02",
        "happened_time": "21:40",
        "happened_at": "14 Fen Lane",
        "children": [
            {"name": "Kayden Marsh", "born": "2016-05-09", "seen": "alone", "words": "I hide."},
            {"name": "Ellie Marsh", "born": "about 2019", "seen": "seen_only"},
        ],
        "now_at": "At home with their mother",
        "told": "agreed",
        "urgency": "amber",
        "police_reference": "MC/26/0042",
        **changed,
    }


def send(client: Client, key: str, body: Any, *, once: object = None, **headers: str) -> Any:
    """POST a report with a key of its own unless `once` is given."""
    given = {"Authorization": f"Bearer {key}", "Idempotency-Key": str(once or uuid.uuid4()), **headers}
    return client.post(REPORTS, body, content_type="application/json", headers=given)


def ask(client: Client, key: str, address: str = REPORTS) -> Any:
    """GET with a key."""
    return client.get(address, headers={"Authorization": f"Bearer {key}"})
