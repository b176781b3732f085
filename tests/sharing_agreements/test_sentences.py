"""The truth tables of two sentences: what closes a row whatever opens it, and what a clause asks of a row.

Each is text that the policy, the explanation and the look back put into their queries. Here it is asked of no table.
"""

import datetime
from typing import Any

import pytest
from django.db import connection

pytestmark = pytest.mark.django_db
DAY = datetime.date(2026, 3, 31)
EARLIER = DAY - datetime.timedelta(days=1)
ME, MY_AGENCY, ANOTHER = 7, 5, 6
CLOSED, ALSO_CLOSED, KNOWN = (f"00000000-0000-0000-0000-00000000000{n}" for n in (1, 2, 3))


def is_true(sentence: str, arguments: str, clause: str, **row: Any) -> bool:
    """Whether a sentence holds of a row, and of a clause where it speaks of one."""
    with connection.cursor() as cursor:
        cursor.execute("set local role eh_gate")
        cursor.execute(f"select gate.{sentence}({arguments})")
        text = cursor.fetchone()[0]
        columns = ", ".join(f"%s::{TYPES[name]} as {name}" for name in row)
        cursor.execute(
            f"select ({text}) is true from (select {clause}) m, (select {columns}) fact_row", [*row.values()]
        )
        answer = cursor.fetchone()[0]
        cursor.execute("set local role eh_owner")
    return answer


TYPES = {
    "about": "uuid[]",
    "hidden_from": "smallint[]",
    "restricted": "smallint",
    "author_no": "integer",
    "allowed": "integer[]",
    "level": "integer",
    "stage": "smallint",
    "happened_on": "date",
    "consent_until": "date",
    "facts_until": "date",
    "involved": "smallint[]",
}


def is_open(for_whom: str = str(ME), **row: Any) -> bool:
    """Whether nothing closes a row to somebody of an agency, who is connected with two people."""
    plain = {"about": [KNOWN], "hidden_from": [], "restricted": 0, "author_no": 1, "allowed": None}
    arguments = f"'{MY_AGENCY}', $$'{{{CLOSED},{ALSO_CLOSED}}}'::uuid[]$$, '{for_whom}'"
    return is_true("denial", arguments, "", **plain | row)


@pytest.mark.parametrize(
    ("row", "opens"),
    [
        ({}, True),
        ({"about": []}, True),
        ({"about": [CLOSED]}, False),
        ({"about": [KNOWN, ALSO_CLOSED]}, False),
        ({"hidden_from": [MY_AGENCY]}, False),
        ({"hidden_from": [ANOTHER]}, True),
        ({"hidden_from": [ANOTHER, MY_AGENCY]}, False),
        ({"restricted": 1, "allowed": []}, False),
        ({"restricted": 1, "allowed": [8]}, False),
        ({"restricted": 1, "allowed": [8, ME]}, True),
        ({"restricted": 1, "allowed": [8], "author_no": ME}, True),
        ({"restricted": 2, "allowed": [8], "author_no": ME}, False),
        ({"restricted": 2, "allowed": [8, ME]}, True),
        ({"restricted": 3, "allowed": [8], "author_no": ME}, False),
        ({"restricted": 3, "allowed": [8, ME]}, True),
        ({"restricted": 1, "allowed": [ME], "hidden_from": [MY_AGENCY]}, False),
        ({"restricted": 1, "allowed": [ME], "about": [CLOSED]}, False),
    ],
)
def test_what_closes_a_row_whatever_opens_it(row, opens):
    assert is_open(**row) is opens


@pytest.mark.parametrize("restricted", [0, 1, 2, 3])
def test_to_nobody_in_particular_a_closed_person_is_closed(restricted):
    assert is_open("null::integer", restricted=restricted, allowed=[8]) is (restricted == 0)


def gives(clause: dict[str, Any], **row: Any) -> bool:
    """Whether a clause opens a row to an agency on a day. The row is a summary of stage 3 that happened that day."""
    asks = {"level": 2, "stages": 1 << 3, "back": 0, "needs_consent": False, "needs_involvement": False} | clause
    plain = {
        "level": 2,
        "stage": 3,
        "happened_on": DAY,
        "consent_until": None,
        "facts_until": DAY,
        "involved": [],
    }
    columns = ", ".join(f"{str(value).lower()} as {name}" for name, value in asks.items())
    return is_true("opened_by", f"'{MY_AGENCY}', $$date '{DAY}'$$", columns, **plain | row)


OLDER, NEWER = datetime.date(2025, 3, 31), datetime.date(2025, 4, 1)
CONSENT, INVOLVEMENT = {"needs_consent": True}, {"needs_involvement": True}
BOTH = CONSENT | INVOLVEMENT


@pytest.mark.parametrize(
    ("clause", "row", "opens"),
    [
        ({}, {}, True),
        ({}, {"level": 1}, True),
        ({}, {"level": 3}, False),
        ({"level": 3}, {"level": 3}, True),
        ({}, {"stage": 2}, False),
        ({}, {"stage": 4}, False),
        ({"stages": 0b11000}, {"stage": 4}, True),
        ({"stages": 0b10111}, {}, False),
        ({}, {"happened_on": datetime.date(1990, 1, 1)}, True),
        ({"back": 12}, {"happened_on": NEWER}, True),
        ({"back": 12}, {"happened_on": OLDER}, False),
        ({"back": 1}, {"happened_on": datetime.date(2026, 3, 1)}, True),
        ({"back": 1}, {"happened_on": datetime.date(2026, 2, 28)}, False),
        (CONSENT, {"consent_until": DAY}, True),
        (CONSENT, {"consent_until": EARLIER}, False),
        (CONSENT, {"consent_until": None}, False),
        ({}, {"consent_until": EARLIER}, True),
        (INVOLVEMENT, {"involved": [ANOTHER, MY_AGENCY]}, True),
        (INVOLVEMENT, {"involved": [ANOTHER]}, False),
        (INVOLVEMENT, {"involved": []}, False),
        (INVOLVEMENT, {"involved": [MY_AGENCY], "facts_until": EARLIER}, False),
        ({}, {"facts_until": EARLIER}, True),
        (BOTH, {"involved": [MY_AGENCY], "consent_until": DAY}, True),
        (BOTH, {"involved": [MY_AGENCY]}, False),
        (BOTH, {"consent_until": DAY}, False),
        (INVOLVEMENT, {"involved": [MY_AGENCY], "level": 3}, False),
        (INVOLVEMENT, {"involved": [MY_AGENCY], "stage": 2}, False),
        (INVOLVEMENT | {"back": 12}, {"involved": [MY_AGENCY], "happened_on": OLDER}, False),
    ],
)
def test_what_a_clause_asks_of_a_row(clause, row, opens):
    assert gives(clause, **row) is opens
