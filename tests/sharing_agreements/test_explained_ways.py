"""What opens a row is told way by way and clause by clause, at the row's own level: gate.explain_rows.

The rows are made up here and are of no table, so that each has just what is said of it.
"""

import uuid

import pytest
from django.db import connection
from django.db.utils import ProgrammingError

from sharing_agreements.models import Clause, RecordException
from sharing_agreements.vocabulary import AgencyType, Kind, Level, Purpose, Role
from tests import cast
from tests.conftest import as_web

pytestmark = pytest.mark.django_db
ROW = uuid.UUID(int=1)
TYPES = {
    "table_name": "text",
    "level": "integer",
    "id": "uuid",
    "family_id": "uuid",
    "about": "uuid[]",
    "happened_on": "date",
    "hidden_from": "smallint[]",
    "kind": "smallint",
    "owner_no": "smallint",
    "author_no": "integer",
    "team_no": "integer",
    "sent_to_no": "smallint",
    "sent_to_practitioner_no": "integer",
    "bit": "integer",
    "stage": "smallint",
    "involved": "smallint[]",
    "workers": "integer[]",
    "consent_until": "date",
    "facts_until": "date",
    "restricted": "smallint",
    "allowed": "integer[]",
}


@pytest.fixture
def housing():
    """Who owns the row."""
    return cast.agency("Homes", AgencyType.HOUSING)


@pytest.fixture
def me():
    """Who asks: a reporter of another agency."""
    return cast.post("Cleo", cast.agency("Force", AgencyType.POLICE), Role.REPORTER)


def told(me, housing, **columns):
    """What opens a row with these columns, in order; without them it is closed."""
    row = dict.fromkeys(TYPES) | {
        "table_name": "notes",
        "level": 2,
        "id": ROW,
        "about": [],
        "happened_on": cast.today(),
        "hidden_from": [],
        "kind": int(Kind.NOTE),
        "owner_no": housing.no,
        "bit": (housing.no * 32 + int(Kind.NOTE)) * 16,
        "stage": 0,
        "involved": [],
        "workers": [],
        "facts_until": cast.FAR_OFF,
        "restricted": 0,
    }
    assert set(columns) <= set(row)
    made = ", ".join(f"%s::{kind}" for kind in TYPES.values())
    with as_web(me, Purpose.EARLY_HELP), connection.cursor() as cursor:
        cursor.execute("set local role eh_gate")
        cursor.execute(
            "select record_id, kind, level, owner_no, way, clause_id from gate.explain_rows("
            f"array[row({made})::gate.fact_row])",
            list((row | columns).values()),
        )
        found = cursor.fetchall()
    carried = tuple((row | columns)[name] for name in ("id", "kind", "level", "owner_no"))
    assert {line[:4] for line in found} <= {carried}
    return [line[4:] for line in found]


def ways(me, housing, **columns):
    """The ways alone; no clause has anything to do with it."""
    found = told(me, housing, **columns)
    assert all(clause is None for _, clause in found)
    return [way for way, _ in found]


LEVELS = pytest.mark.parametrize("level", [1, 2, 3])


@LEVELS
def test_a_row_that_nothing_opens_is_explained_by_nothing(me, housing, level):
    assert told(me, housing, level=level) == []


@LEVELS
def test_what_one_wrote_oneself_is_explained_by_it_within_ones_own_agency(me, housing, level):
    mine = {"author_no": me.practitioner.no, "level": level}
    assert ways(me, housing, **mine, owner_no=me.agency.no) == ["own_author"]
    assert ways(me, housing, **mine) == []


@LEVELS
def test_what_was_sent_is_explained_by_it_whose_ever_it_is(me, housing, level):
    sent = {"sent_to_no": me.agency.no, "sent_to_practitioner_no": me.practitioner.no, "level": level}
    assert ways(me, housing, **sent) == ways(me, housing, **sent, owner_no=me.agency.no) == ["sent"]


def test_every_way_that_opens_a_row_is_told_in_order(me, housing):
    me.role = Role.MANAGER
    me.save()
    mine = {"owner_no": me.agency.no, "author_no": me.practitioner.no, "sent_to_no": me.agency.no}
    assert ways(me, housing, **mine) == ["own_agency", "own_author", "sent"]


def test_nothing_is_told_of_a_row_that_is_closed(me, housing):
    mine = {"owner_no": me.agency.no, "author_no": me.practitioner.no}
    assert ways(me, housing, **mine, hidden_from=[me.agency.no]) == []
    assert ways(me, housing, **mine, restricted=2, allowed=[]) == []


@LEVELS
@pytest.mark.parametrize("shared", Level)
def test_what_its_owner_shares_opens_at_the_level_it_is_shared_at_and_below(me, housing, shared, level):
    me.role = Role.COORDINATOR
    me.save()
    RecordException.objects.create(
        verb="share",
        agency=me.agency,
        level=shared,
        made_at=cast.SIGNED_AT,
        reason="Asked",
        table_name="notes",
        record_id=ROW,
        owner_no=housing.no,
        made_by=me.practitioner,
    )
    opens = list(Level).index(shared) + 1 >= level
    assert ways(me, housing, level=level) == (["shared"] if opens else [])


@pytest.fixture
def clauses(me, housing):
    """Housing gives notes in summary; of people one works with, in full."""
    said = {
        "provider_agency": housing,
        "recipient_agency": me.agency,
        "recipient_roles": [Role.REPORTER],
        "kind": Kind.NOTE,
    }
    cast.agreement(
        housing,
        me.agency,
        purposes=[Purpose.EARLY_HELP],
        clauses=[
            said | {"level": Level.SUMMARY, "needs_involvement": False},
            said | {"level": Level.FULL, "needs_involvement": True},
        ],
    )
    return [clause.pk for clause in Clause.objects.order_by("number")]


@pytest.mark.parametrize(
    ("columns", "numbers"),
    [
        ({}, [0]),
        ({"level": 1}, [0]),
        ({"level": 3}, []),
        ({"level": 3, "involved": True}, [1]),
        ({"involved": True}, [0, 1]),
        ({"involved": True, "kind": int(Kind.PLAN)}, []),
        ({"involved": True, "owner_no": 99}, []),
        ({"involved": True, "restricted": 1, "allowed": []}, []),
    ],
)
def test_each_clause_that_opens_a_row_is_told(me, housing, clauses, columns, numbers):
    if columns.get("involved"):
        columns = columns | {"involved": [me.agency.no]}
    assert sorted(told(me, housing, **columns)) == sorted(("clause", clauses[n]) for n in numbers)


def test_what_explains_is_written_anew_for_whoever_changed_a_way(me, housing):
    mine = {"owner_no": me.agency.no, "author_no": me.practitioner.no}
    with connection.cursor() as cursor:
        cursor.execute("set local role eh_gate")
        cursor.execute("drop function gate.explain_rows(gate.fact_row[])")
        cursor.execute("select gate.write_explain()")
        cursor.execute("set local role eh_owner")
    assert ways(me, housing, **mine) == ["own_author"]
    with (
        pytest.raises(ProgrammingError, match="permission denied"),
        as_web(me, Purpose.EARLY_HELP),
        connection.cursor() as cursor,
    ):
        cursor.execute("select gate.explain_rows('{}')")
