"""Which school is a child's today, which comes, which was before."""

import datetime

import pytest

from cases.queries.pages.places import Stay, between, sort_stays

TODAY = datetime.date(2026, 3, 10)
OLD, NEW, NEXT = datetime.date(2020, 9, 1), datetime.date(2024, 9, 1), datetime.date(2026, 9, 1)


@pytest.mark.parametrize(
    ("first", "last", "words"),
    [
        (NEW, None, "since 1 September 2024"),
        (NEXT, None, "from 1 September 2026"),
        (OLD, NEW, "1 September 2020 to 1 September 2024"),
        (None, NEW, "until 1 September 2024"),
        (None, None, ""),
    ],
)
def test_dates_are_said_as_far_as_they_are_known(first, last, words):
    assert between(first, last, TODAY) == words


def test_a_school_to_come_stands_beside_the_one_of_today():
    found = sort_stays([Stay("Oak", NEW, NEXT), Stay("Ash", NEXT, None)], TODAY, one_at_a_time=True)
    assert ([s.name for s in found.now], [s.name for s in found.later], found.before) == (["Oak"], ["Ash"], [])


def test_of_two_schools_nobody_ended_the_newest_is_the_childs():
    found = sort_stays([Stay("Oak", None, None), Stay("Ash", NEW, None)], TODAY, one_at_a_time=True)
    assert ([s.name for s in found.now], [s.name for s in found.before]) == (["Ash"], ["Oak"])


def test_several_look_after_somebodys_health_at_once_and_who_ended_comes_before():
    stays = [Stay("Dr Osei", NEW, None, "doctor"), Stay("Ben", OLD, None, "visitor"), Stay("Ann", OLD, NEW, "midwife")]
    found = sort_stays(stays, TODAY, one_at_a_time=False)
    assert [s.name for s in found.now] == ["Dr Osei", "Ben"]
    assert found.before[0].words(TODAY) == "Midwife: Ann, 1 September 2020 to 1 September 2024"
