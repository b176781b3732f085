"""Plan, people and team: what each reader finds, in a fixed number of queries."""

import pytest

from tests.cases.web.checks import takes_no_other_method

SCREENS = {
    "plan/": ("Mostly on Mondays.", 33),
    "people/": ("after 4 in the afternoon", 36),
    "team/": ("sleep and weight", 28),
}
each_screen = pytest.mark.parametrize("screen", SCREENS)


@each_screen
def test_the_lead_sees_it_in_a_fixed_number_of_queries(screen, marsh, visit, everybody, django_assert_max_num_queries):
    words, most = SCREENS[screen]
    eddie = visit(everybody.eddie)
    with django_assert_max_num_queries(most):
        page = eddie.get(marsh.address + screen).content.decode()
    assert words in page


def test_an_agency_that_may_not_see_where_people_are_sees_no_number(marsh, visit, everybody):
    page = visit(everybody.ben).get(marsh.address + "people/").content.decode()
    assert "Kate Marsh" in page
    assert "07700 900123" not in page
    assert "ask who works with them before you ring" in page


@each_screen
def test_it_is_not_there_for_a_school_that_signed_nothing(screen, marsh, visit, everybody):
    assert visit(everybody.dev).get(marsh.address + screen).status_code == 404


@each_screen
def test_it_takes_no_other_method(screen, marsh, visit, everybody):
    takes_no_other_method(visit(everybody.eddie), marsh.address + screen)
