"""What a row carries of the facts of each whom it is about: gate.facts_from, fact by fact.

Of the main person where the row has one, of all otherwise; closed where any of them is closed.
"""

import datetime
from typing import Any

import pytest
from django.db import connection
from guardian.shortcuts import assign_perm

from sharing_agreements.models import Person, Practitioner
from sharing_agreements.vocabulary import Kind
from tests import cast

pytestmark = pytest.mark.django_db
NEVER = datetime.date(9999, 12, 31)
SOON, LATER = datetime.date(2026, 6, 1), datetime.date(2026, 6, 2)
RESTRICTED, HIDDEN = "see_restricted", "see_hidden_address"


@pytest.fixture
def people() -> list[Person]:
    """Three, in the order of their ids."""
    return sorted((cast.person() for _ in range(3)), key=lambda one: one.pk)


def carried(known: dict[Person, dict[str, Any]], *, of: list[Person], main: Person | None = None, kind: int = 1):
    """What a row about these people carries, by column, when this is known of each."""
    plain = {
        "stage": 0,
        "involved": [],
        "workers": [],
        "lead_no": None,
        "consent_until": None,
        "facts_until": NEVER,
        "restricted": False,
        "address_hidden": False,
    }
    rows, given = [], []
    for person, facts in known.items():
        assert set(facts) <= set(plain)
        given += [person.pk, *(plain | facts).values()]
        rows.append("row(%s, %s, %s::smallint[], %s::integer[], %s, %s, %s, %s, %s)::sharing_agreements_personfacts")
    with connection.cursor() as cursor:
        cursor.execute("set local role eh_gate")
        cursor.execute(
            f"select (gate.facts_from(array[{', '.join(rows)}]::sharing_agreements_personfacts[], "
            "%s::uuid[], %s, %s::smallint)).*",
            [*given, [p.pk for p in of], main and main.pk, kind],
        )
        names = [column.name for column in cursor.description]
        (row,) = cursor.fetchall()
        cursor.execute("set local role eh_owner")
    return dict(zip(names, row, strict=True))


def test_a_row_about_nobody_carries_nothing(people):
    nothing = {
        "stage": 0,
        "involved": [],
        "workers": [],
        "lead_no": None,
        "consent_until": None,
        "facts_until": NEVER,
        "restricted": 0,
        "allowed": None,
    }
    everything = {"stage": 3, "involved": [4], "lead_no": 5, "restricted": True, "consent_until": SOON}
    assert carried({}, of=[]) == nothing
    assert carried({people[0]: everything}, of=[people[1]]) == nothing
    assert carried({people[0]: everything}, of=[], main=people[1]) == nothing


def test_facts_are_the_main_persons_where_there_is_one(people):
    one, two, _ = people
    known = {
        one: {"stage": 1, "involved": [1], "workers": [10], "lead_no": 10, "consent_until": SOON, "facts_until": SOON},
        two: {"stage": 3, "involved": [2], "workers": [20], "lead_no": 20, "consent_until": LATER},
    }
    row = carried(known, of=[one, two], main=two)
    assert list(row.values())[:6] == [3, [2], [20], 20, LATER, NEVER]
    row = carried(known, of=[one, two])
    assert list(row.values())[:6] == [3, [1, 2], [10, 20], 10, SOON, SOON]


@pytest.mark.parametrize(
    ("stages", "stage"),
    [
        ((3, 4, 5), 3),
        ((4, 5, 2), 4),
        ((5, 2, 1), 5),
        ((2, 1, 6), 2),
        ((1, 6, 0), 1),
        ((6, 0, 0), 6),
        ((0, 0, 0), 0),
    ],
)
def test_the_stage_is_the_one_that_comes_first(people, stages, stage):
    for order in (stages, stages[::-1]):
        known = {person: {"stage": one} for person, one in zip(people, order, strict=True)}
        assert carried(known, of=people)["stage"] == stage


def test_everybody_who_works_with_any_of_them_is_named_once_in_order(people):
    one, two, _ = people
    known = {one: {"involved": [3, 5], "workers": [30, 50]}, two: {"involved": [1, 3], "workers": [10, 30]}}
    row = carried(known, of=people)
    assert (row["involved"], row["workers"]) == ([1, 3, 5], [10, 30, 50])


def test_the_lead_is_that_of_the_first_who_has_one(people):
    one, two, three = people
    assert carried({three: {"lead_no": 1}, two: {"lead_no": 2}, one: {}}, of=people)["lead_no"] == 2


@pytest.mark.parametrize(
    ("consents", "until"), [((SOON, LATER), SOON), ((LATER, SOON), SOON), ((SOON, None), None), ((None, None), None)]
)
def test_agreement_to_sharing_is_needed_of_all_and_lasts_as_long_as_the_shortest(people, consents, until):
    known = {person: {"consent_until": one} for person, one in zip(people, consents, strict=False)}
    assert carried(known, of=people)["consent_until"] == until


def test_facts_hold_as_long_as_those_of_each(people):
    known = {person: {"facts_until": day} for person, day in zip(people, (LATER, SOON, NEVER), strict=True)}
    assert carried(known, of=people)["facts_until"] == SOON


@pytest.mark.parametrize(
    ("kind", "closed", "restricted"),
    [
        (Kind.IDENTITY, {}, 0),
        (Kind.ADDRESS, {}, 0),
        (Kind.IDENTITY, {"restricted": True}, 1),
        (Kind.ADDRESS, {"restricted": True}, 1),
        (Kind.IDENTITY, {"address_hidden": True}, 0),
        (Kind.CONCERN, {"address_hidden": True}, 0),
        (Kind.ADDRESS, {"address_hidden": True}, 2),
        (Kind.ADDRESS, {"address_hidden": True, "restricted": True}, 3),
        (Kind.CONCERN, {"address_hidden": True, "restricted": True}, 1),
    ],
)
def test_a_row_is_closed_where_any_of_them_is_restricted_and_a_home_where_it_is_hidden(
    people, kind, closed, restricted
):
    row = carried({people[0]: closed, people[1]: {}}, of=people, main=people[1], kind=kind)
    assert (row["restricted"], row["allowed"]) == (restricted, [] if restricted else None)


@pytest.fixture
def workers() -> list[Practitioner]:
    return [cast.practitioner(name) for name in ("Ann", "Bea", "Cy", "Dee")]


def may(who: Practitioner, person: Person, *permissions: str) -> None:
    """Name somebody for a person."""
    for one in permissions:
        assign_perm(one, who, person)


def test_whoever_is_named_for_what_closes_the_person_is_allowed(people, workers):
    closed, elsewhere, _ = people
    may(workers[1], closed, RESTRICTED)
    may(workers[0], closed, RESTRICTED, HIDDEN)
    may(workers[2], closed, HIDDEN)
    may(workers[2], elsewhere, RESTRICTED)
    may(workers[3], elsewhere, RESTRICTED)
    assert carried({closed: {"restricted": True}}, of=[closed])["allowed"] == [workers[0].no, workers[1].no]
    hidden = carried({closed: {"address_hidden": True}}, of=[closed], kind=Kind.ADDRESS)
    assert hidden["allowed"] == [workers[0].no, workers[2].no]
    both = carried({closed: {"address_hidden": True, "restricted": True}}, of=[closed], kind=Kind.ADDRESS)
    assert both["allowed"] == [workers[0].no]


def test_one_is_named_for_each_of_them_who_is_closed_and_for_nobody_else(people, workers):
    one, two, free = people
    for person in (one, two):
        may(workers[0], person, RESTRICTED)
    may(workers[1], one, RESTRICTED)
    may(workers[2], free, RESTRICTED)
    known = {one: {"restricted": True}, two: {"restricted": True}, free: {}}
    assert carried(known, of=people)["allowed"] == [workers[0].no]
    assert carried(known, of=[one, free])["allowed"] == [workers[0].no, workers[1].no]


def test_whoever_is_named_for_one_anchor_is_named_for_the_same_person_under_another(people, workers):
    one, _, elsewhere = people
    double = Person.objects.create(merged_into=one)
    may(workers[0], double, RESTRICTED)
    may(workers[1], elsewhere, RESTRICTED)
    assert carried({one: {"restricted": True}}, of=[one])["allowed"] == [workers[0].no]
