"""The facts of a person on a day, which know nothing of what was recorded later: gate.facts_of, fact by fact.

Moments are near midnight in London in summer, when it is still the day before by universal time.
"""

import datetime
import uuid

import pytest
from django.db import connection

from sharing_agreements.models import (
    Agency,
    HiddenAddress,
    Involvement,
    Person,
    Practitioner,
    RestrictedPerson,
    SharingConsent,
    StageChange,
)
from sharing_agreements.vocabulary import AgencyType
from tests import cast
from tests.oracle import LONDON

pytestmark = pytest.mark.django_db
DAY = datetime.date(2026, 6, 10)
NEVER = datetime.date(9999, 12, 31)
CLOSE = [RestrictedPerson, HiddenAddress]
ONE, TWO = uuid.UUID(int=1), uuid.UUID(int=2)


def day(later: int | None) -> datetime.date | None:
    """So many days later; None stays nothing."""
    return None if later is None else DAY + datetime.timedelta(days=later)


def at(later: int, hour: int = 0, minute: int = 30) -> datetime.datetime:
    """A moment in London on the day so many days later, half past midnight unless it says."""
    return datetime.datetime.combine(day(later), datetime.time(hour, minute), LONDON)


def facts(*people: Person, later: int = 0) -> dict[str, object]:
    """The facts by name, as the gate itself reads them on a day."""
    with connection.cursor() as cursor:
        cursor.execute("set local role eh_gate")
        cursor.execute("select (gate.facts_of(%s::uuid[], %s)).*", [[p.pk for p in people], day(later)])
        names = [column.name for column in cursor.description]
        (row,) = cursor.fetchall()
        cursor.execute("set local role eh_owner")
    return dict(zip(names, row, strict=True))


@pytest.fixture
def child() -> Person:
    return cast.person()


@pytest.fixture
def double() -> Person:
    """Another anchor that is asked about together with the child's."""
    return cast.person()


@pytest.fixture
def other() -> Person:
    """Somebody else, of whom everything was recorded that must not count."""
    return cast.person()


@pytest.fixture
def agencies() -> list[Agency]:
    return [cast.agency(name, AgencyType.POLICE) for name in ("One", "Two", "Three")]


@pytest.fixture
def workers() -> list[Practitioner]:
    return [cast.practitioner(name) for name in ("Ann", "Bea", "Cy")]


def works(who: Person, agency: Agency, *, since: int = -5, until: int | None = None, **more: object) -> None:
    """Somebody works with this person from one day to another."""
    said = {"reason": "team", "added_at": at(since), "starts_on": day(since), "ends_on": day(until)}
    Involvement.objects.create(person=who, agency=agency, **said | more)


def test_of_nobody_nothing_is_known(child):
    assert facts(child) == {
        "person_id": child.pk,
        "stage": 0,
        "involved": [],
        "workers": [],
        "lead_no": None,
        "consent_until": None,
        "facts_until": NEVER,
        "restricted": False,
        "address_hidden": False,
    }


def test_facts_are_of_the_first_who_is_named(child, double):
    assert facts(double, child)["person_id"] == double.pk


def test_the_stage_is_the_last_one_reached_by_the_end_of_the_day(child, double, other):
    for who, stage, moment in [
        (child, 2, at(-1)),
        (double, 3, at(0, 23, 59)),
        (child, 4, at(1)),
        (other, 5, at(0, 23, 59)),
        (other, 6, at(-2)),
    ]:
        StageChange.objects.create(person=who, stage=stage, changed_at=moment)
    assert [facts(child, double, later=n)["stage"] for n in (-2, -1, 0, 1)] == [0, 2, 3, 4]


def test_of_two_stages_at_one_moment_the_one_with_the_greater_id_counts(child):
    for key, stage in [(TWO, 1), (ONE, 3)]:
        StageChange.objects.create(id=key, person=child, stage=stage, changed_at=at(0))
    assert facts(child)["stage"] == 1


def test_agreement_to_sharing_is_the_last_that_was_recorded_by_the_end_of_the_day(child, double, other):
    for who, until, moment in [
        (child, day(2), at(-1)),
        (double, day(3), at(0, 23, 59)),
        (child, day(4), at(1)),
        (double, None, at(2)),
        (other, day(5), at(0, 23, 59)),
        (other, day(6), at(-2)),
    ]:
        SharingConsent.objects.create(person=who, until=until, recorded_at=moment)
    found = [facts(child, double, later=n)["consent_until"] for n in (-2, -1, 0, 1, 2)]
    assert found == [None, day(2), day(3), day(4), None]


def test_of_two_consents_at_one_moment_the_one_with_the_greater_id_counts(child):
    for key, until in [(TWO, day(1)), (ONE, day(3))]:
        SharingConsent.objects.create(id=key, person=child, until=until, recorded_at=at(0))
    assert facts(child)["consent_until"] == day(1)


@pytest.mark.parametrize(
    ("since", "until", "counts"),
    [(0, None, True), (1, None, False), (-1, 0, True), (-1, 1, True), (-2, -1, False), (0, 0, True)],
)
def test_whoever_works_with_a_person_does_from_the_first_day_to_the_last(child, double, agencies, since, until, counts):
    works(double, agencies[1], since=since, until=until)
    assert facts(child, double)["involved"] == ([agencies[1].no] if counts else [])


def test_everybody_who_works_with_a_person_is_named_once_in_order(child, double, other, agencies, workers):
    works(child, agencies[2], practitioner=workers[1])
    works(child, agencies[0])
    works(double, agencies[0], practitioner=workers[0])
    works(double, agencies[2], practitioner=workers[1])
    works(other, agencies[1], practitioner=workers[2])
    known = facts(child, double)
    assert known["involved"] == [agencies[0].no, agencies[2].no]
    assert known["workers"] == [workers[0].no, workers[1].no]


def test_an_agency_alone_is_involved_and_nobody_of_it_is_named(child, agencies):
    works(child, agencies[0])
    assert (facts(child)["involved"], facts(child)["workers"]) == ([agencies[0].no], [])


@pytest.mark.parametrize("moments", [(1, 2, 3), (2, 1, 3), (2, 2, 3)])
def test_the_lead_is_whoever_was_last_made_it(child, agencies, workers, moments):
    first, second, helper = moments
    works(child, agencies[0], practitioner=workers[0], reason="lead", added_at=at(first), id=ONE)
    works(child, agencies[0], practitioner=workers[1], reason="lead", added_at=at(second), id=TWO)
    works(child, agencies[0], practitioner=workers[2], added_at=at(helper), id=uuid.UUID(int=3))
    assert facts(child)["lead_no"] == workers[0 if first > second else 1].no


def test_whoever_helps_is_no_lead(child, agencies, workers):
    works(child, agencies[0], practitioner=workers[0])
    assert facts(child)["lead_no"] is None


@pytest.mark.parametrize(
    ("spells", "until"),
    [
        ([(-1, None)], None),
        ([(-5, -2)], None),
        ([(0, None)], None),
        ([(-1, 5), (-1, 3)], 3),
        ([(-1, 5), (3, None)], 2),
        ([(-1, 2), (8, None)], 2),
        ([(4, None), (7, None)], 3),
        ([(4, 4)], 3),
        ([(4, 3)], None),
    ],
)
def test_facts_hold_until_somebody_stops_or_begins_to_work_with_the_person(child, other, agencies, spells, until):
    works(other, agencies[0], since=1, until=1)
    works(other, agencies[0], until=1)
    for since, last in spells:
        works(child, agencies[0], since=since, until=last)
    assert facts(child)["facts_until"] == (NEVER if until is None else day(until))


@pytest.mark.parametrize("sort", CLOSE)
@pytest.mark.parametrize(
    ("since", "until", "closed"),
    [
        (at(0, 23, 59), None, True),
        (at(1), None, False),
        (at(-1), at(0, 23, 59), False),
        (at(-1), at(1), True),
        (at(0), at(0, 23, 59), False),
        (at(1), at(2), False),
    ],
)
def test_somebody_is_closed_at_the_end_of_a_day_in_london(child, double, sort, since, until, closed):
    more = {"reason": "Threats"} if sort is RestrictedPerson else {}
    sort.objects.create(person=double, set_at=since, lifted_at=until, **more)
    known = facts(child, double)
    assert {RestrictedPerson: known["restricted"], HiddenAddress: known["address_hidden"]} == {
        one: closed and one is sort for one in CLOSE
    }


def test_nobody_is_closed_because_somebody_else_is(child, other):
    RestrictedPerson.objects.create(person=other, reason="Threats", set_at=at(-1))
    HiddenAddress.objects.create(person=other, set_at=at(-1))
    known = facts(child)
    assert (known["restricted"], known["address_hidden"]) == (False, False)
