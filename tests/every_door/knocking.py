"""Opens every address as every viewer of a planted world, and compares what comes back with the oracle.

A page may hold a record's word or id only where the oracle lets this viewer, for the purpose of this route, read that
record; and a route that lists records (tests/every_door/table.py) must show each one that they may read.
"""

import re
import traceback
import uuid
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from http import HTTPStatus
from pathlib import Path
from typing import Any

from django.db import connection, transaction
from django.http import HttpResponse
from django.urls import reverse

from cases.models import FamilyMember
from sharing_agreements.vocabulary import Purpose
from tests import cast, oracle, proving
from tests.cases.web.conftest import Visitor
from tests.every_door.planting import WORD, Garden
from tests.every_door.table import DOORS, Door
from tests.house.test_routes import ROUTES
from tests.oracle import Viewer
from tests.sharing_agreements.test_refused_is_absent import alike, route_name

UUID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")
IN_ADDRESS = re.compile(r"<(uuid|slug):([a-z_]+)>")
TRIES = 3
"""Rows asked for by one name of an address, of each viewer."""


@dataclass
class Round:
    """What was found in one world."""

    decisions: int = 0
    opened: int = 0
    shown: int = 0
    """Records that a page rightly showed."""
    wrong: list[str] = field(default_factory=list)
    forms: dict[str, dict[str, str]] = field(default_factory=dict)
    """What a form of a route was filled with where it could be opened."""
    only_posted: set[str] = field(default_factory=set)


@dataclass
class Knock:
    """One viewer at one route."""

    garden: Garden
    viewer: Viewer
    route: str
    door: Door
    visitor: Visitor
    found: Round

    def may(self, row: uuid.UUID) -> bool:
        """What the oracle says of a row."""
        return oracle.may_read(self.garden.world, self.viewer, self.garden.records[row])

    def members(self) -> set[uuid.UUID]:
        """People whom a row that the oracle opens says to be of the family."""
        return {row.person_id for row in self.garden.rows.get(FamilyMember, []) if self.may(row.pk)}

    def ways(self, row: uuid.UUID) -> set[str]:
        """The ways in which the oracle says that a row is open."""
        return {way for way, _, _ in oracle.opened_by(self.garden.world, self.viewer, self.garden.records[row])}


def go_round(garden: Garden) -> Round:
    """Every viewer at every route of their role: what is shown, then what a form sent to a closed row does."""
    found = Round()
    for knock, address in knocks(garden, found):
        knock_at(knock, address)
    for knock, address in knocks(garden, found):
        if "<uuid:" in address:
            _send_to_what_is_closed(knock, address)
    return found


def knocks(garden: Garden, found: Round) -> Iterator[tuple[Knock, str]]:
    """Every viewer of a world at every route of their role, with the route's address."""
    for viewer in garden.world.viewers:
        visitor = Visitor(garden.posts[viewer.practitioner])
        for address, route in ROUTES:
            access = route.callback.access
            if not access.open_to_all and viewer.role in access.roles:
                acting = replace(viewer, purpose=Purpose(access.purpose_for(viewer.role)))
                name = route_name(route)
                yield Knock(garden, acting, name, DOORS[name], visitor, found), address


def knock_at(knock: Knock, address: str) -> None:
    """Open an address with some rows that this viewer may read and some that they may not."""
    for ids in _asked(knock, address):
        _open(knock, ids)


def _open(knock: Knock, ids: dict[str, Any]) -> None:
    if knock.route in knock.found.only_posted:
        return
    where = reverse(knock.route, kwargs=ids)
    with _taken_back():
        try:
            answer = knock.visitor.get(where, **knock.door.query)
        except Exception as broke:
            steps = traceback.extract_tb(broke.__traceback__)
            own = [f"{Path(one.filename).name}:{one.lineno}" for one in steps if "site-packages" not in one.filename]
            knock.found.wrong.append(f"{knock.route} breaks: {broke!r} at {own[-3:]}\n  {where}\n  {knock.viewer}")
            return
        if answer.status_code == HTTPStatus.METHOD_NOT_ALLOWED:
            knock.found.only_posted.add(knock.route)
        if answer.status_code == HTTPStatus.OK:
            knock.found.forms.setdefault(knock.route, filled(answer.content.decode(errors="replace")))
        compare(knock, answer, ids, where)


def _send_to_what_is_closed(knock: Knock, address: str) -> None:
    """A form sent to a row that may not be read is answered as one that does not exist. Nothing is taken back here."""
    answers = knock.found.forms.get(knock.route, {})
    for ids in _asked(knock, address):
        for name, one in ids.items():
            if one in knock.garden.records and not knock.may(one):
                nowhere = uuid.uuid4()
                before = _contents()
                closed, absent = (
                    alike(knock.visitor.send(reverse(knock.route, kwargs=ids | {name: row}), **answers), row)
                    for row in (one, nowhere)
                )
                knock.found.decisions += 1
                if changed := before ^ _contents():
                    knock.found.wrong.append(_words(knock, address, one, f"sent a form, changes {changed}, "))
                if closed != absent:
                    knock.found.wrong.append(
                        _words(knock, address, one, f"answers {closed[0]} to a form, not {absent[0]}, ")
                    )


def filled(page: str) -> dict[str, str]:
    """Something for every field of a page's forms: what stands there, the first choice, today, or words."""
    answers: dict[str, str] = {}
    for tag in re.findall(r"<(?:input|textarea|select)[^>]*>(?:\s*<option[^>]*>)*", page):
        told = dict(re.findall(r'([a-z-]+)="([^"]*)"', tag))
        if name := told.get("name"):
            answers.setdefault(name, told.get("value") or "Because it is so")
    today = cast.today()
    parts = {"day": today.day, "month": today.month, "year": today.year}
    answers.pop("csrfmiddlewaretoken", None)
    return {name: str(parts.get(name.rpartition("_")[2], value)) for name, value in answers.items()}


UNWATCHED = ("disclosure", "session", "django_", "seal", "notice")


def _contents() -> set[tuple[str, int, int]]:
    """How many rows every table holds and a sum over them; what is only written down about visits is left out."""
    with connection.cursor() as cursor:
        tables = [
            name for name in connection.introspection.table_names(cursor) if not any(w in name for w in UNWATCHED)
        ]
        parts = [f"select '{name}', count(*), coalesce(sum(hashtext(t::text)), 0) from {name} t" for name in tables]
        cursor.execute(" union all ".join(parts))
        return set(cursor.fetchall())


class _taken_back(transaction.Atomic):
    """Whatever a visit writes is taken back."""

    def __init__(self) -> None:
        super().__init__(using=None, savepoint=True, durable=False)

    def __exit__(self, *raised: Any) -> None:
        transaction.set_rollback(True)
        super().__exit__(*raised)


def _asked(knock: Knock, address: str) -> Iterator[dict[str, Any]]:
    """The ids to ask for: some rows that this viewer may read and some that they may not, one name at a time."""
    names = IN_ADDRESS.findall(address)
    known = {"family": [knock.garden.family], "person": [uuid.UUID(proving.person_id(n)) for n in range(1, 5)]}
    known["practitioner"] = [uuid.UUID(proving.practitioner_id(n)) for n in range(1, 4)]
    fixed = {name: knock.door.slugs.get(name, "x") for kind, name in names if kind == "slug"}
    choices = {}
    for kind, name in names:
        if kind == "uuid":
            model = knock.door.rows.get(name)
            rows = [row.pk for row in knock.garden.rows.get(model, [])] if model else known.get(name, [uuid.uuid4()])
            choices[name] = rows[:TRIES] or [uuid.uuid4()]
    longest = max((len(rows) for rows in choices.values()), default=1)
    for at in range(longest):
        yield fixed | {name: rows[at % len(rows)] for name, rows in choices.items()}


def compare(knock: Knock, answer: HttpResponse, ids: dict[str, Any], where: str) -> None:
    """Hold every word and id of an answer to the oracle, and what the route lists; `ids` are those asked for."""
    said = f"{answer.headers}{answer.content.decode(errors='replace')}"
    words = {word.lower() for word in WORD.findall(said)}
    shown = {knock.garden.words[word][0]: word for word in words if word in knock.garden.words}
    asked = {str(one) for one in ids.values()}
    shown |= {
        uuid.UUID(one): "its id"
        for one in UUID.findall(said)
        if one not in asked and uuid.UUID(one) in knock.garden.records
    }
    if answer.status_code == HTTPStatus.OK:
        knock.found.opened += 1
        knock.found.decisions += len(knock.garden.records)
    for row, what in shown.items():
        if knock.may(row):
            knock.found.shown += 1
        else:
            knock.found.wrong.append(_words(knock, where, row, f"shows {what}"))
    if answer.status_code == HTTPStatus.OK:
        _look_for_all(knock, words | set(UUID.findall(said)), where)


def _look_for_all(knock: Knock, said: set[str], where: str) -> None:
    """Each record the route lists is there, by its word or its id, where the viewer may read it."""
    for model, column, holds in knock.door.lists:
        for row in knock.garden.rows.get(model, []):
            word = knock.garden.word_in(row, column)
            if word and knock.may(row.pk) and holds(row, knock):
                knock.found.decisions += 1
                if word not in said:
                    knock.found.wrong.append(_words(knock, where, row.pk, f"leaves out {word}"))


def _words(knock: Knock, where: str, row: uuid.UUID, what: str) -> str:
    model = next(m for m, rows in knock.garden.rows.items() if any(one.pk == row for one in rows))
    column = next((c for r, c in knock.garden.words.values() if r == row), "")
    record = knock.garden.records[row]
    return f"{knock.route} {what} of {model.__name__} ({column})\n  {where}\n  {knock.viewer}\n  {record}"
