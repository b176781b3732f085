"""Agencies and services round the family, and its needs over time: as far as the reader may see, never a score."""

import datetime
import re

import pytest

from cases.models import Need
from sharing_agreements.actions import facts
from tests.cases.web import story
from tests.cases.web.checks import takes_no_other_method

PAGES = ("services/", "needs-over-time/")


def page_of(visit, post, marsh, path):
    answer = visit(post).get(marsh.address + path)
    assert answer.status_code == 200
    return answer.content.decode()


def words(page: str) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page))


def test_who_leads_who_helps_and_which_school_stand_round_the_family(marsh, visit, everybody):
    page = words(page_of(visit, everybody.eddie, marsh, "services/"))
    assert "Marlbeck Early Help Eddie leads" in page
    assert "Marlbeck Community Health Ben: sleep and weight" in page
    assert "Quarry Hill Primary School of Ada Marsh" in page


def test_where_an_address_is_hidden_no_school_is_named(marsh, visit, everybody):
    facts.hide_address(person=marsh.kate.pk)
    for post in (everybody.eddie, everybody.ben, everybody.hana, everybody.esi):
        page = page_of(visit, post, marsh, "services/")
        assert "Quarry Hill" not in page
        assert "an address in this family is hidden" in page


def test_a_sensitive_agency_is_never_named(marsh, visit, everybody):
    everybody.police.sensitive = True
    everybody.police.save()
    story.event(everybody.cleo, person=marsh.ada, family=marsh.family, title="Seen in town", kind=3)
    assert "Constabulary" not in page_of(visit, everybody.hana, marsh, "services/")
    everybody.police.sensitive = False
    everybody.police.save()
    assert "Marlbeck Constabulary Holds records of" in words(page_of(visit, everybody.hana, marsh, "services/"))


def need(marsh, by, heading, *, first, last=None):
    columns = story.written(by, person=marsh.ada, family=marsh.family) | {"happened_on": story.cast.today() - first}
    ended = story.cast.today() - last if last else None
    return Need.objects.create(**columns, case=marsh.case, heading=heading, title=heading, ended_on=ended)


def test_headings_are_counted_and_the_count_is_explained(marsh, visit, everybody):
    months = datetime.timedelta(days=31)
    need(marsh, everybody.eddie, "health", first=10 * months)
    need(marsh, everybody.eddie, "health", first=9 * months)
    need(marsh, everybody.eddie, "money", first=12 * months, last=6 * months)
    page = words(page_of(visit, everybody.eddie, marsh, "needs-over-time/"))
    assert "2 of the ten headings have an open need now. 3 have had one" in page
    assert "It is a count and not a score" in page
    assert "Secure housing None you may see 0 0" in page
    assert re.search(r"Better mental and physical health Since \w+ 20\d\d 2 2", page)


def test_a_need_ends_with_the_work_for_its_child(marsh, visit, everybody):
    need(marsh, everybody.eddie, "health", first=datetime.timedelta(days=200))
    marsh.case.children.filter(person=marsh.ada).update(
        state="closed", since=story.timezone.now() - datetime.timedelta(days=100)
    )
    page = words(page_of(visit, everybody.eddie, marsh, "needs-over-time/"))
    assert "0 of the ten headings have an open need now" in page


def test_without_a_need_it_says_so(marsh, visit, everybody):
    Need.objects.update(family=None)
    assert "No need of this family that you may see" in page_of(visit, everybody.eddie, marsh, "needs-over-time/")


@pytest.mark.parametrize("path", PAGES)
def test_neither_is_there_for_a_school_that_signed_nothing(marsh, visit, everybody, path):
    assert visit(everybody.dev).get(marsh.address + path).status_code == 404


@pytest.mark.parametrize("path", PAGES)
def test_neither_takes_another_method(marsh, visit, everybody, path):
    takes_no_other_method(visit(everybody.eddie), marsh.address + path)


@pytest.mark.parametrize(("path", "queries"), [("services/", 32), ("needs-over-time/", 27)])
def test_each_reads_in_a_fixed_number_of_queries(marsh, visit, everybody, django_assert_max_num_queries, path, queries):
    eddie = visit(everybody.eddie)
    with django_assert_max_num_queries(queries):
        eddie.get(marsh.address + path)
