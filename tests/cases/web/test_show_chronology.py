"""The chronology: fifty a page, folded, part-known dates marked, filtered by person, agency, kind and period."""

import datetime
import re
from uuid import uuid4

from django.utils import timezone

from tests.cases.web import story
from tests.cases.web.checks import takes_no_other_method
from tests.cast import person


def page_of(visit, post, marsh, **query):
    answer = visit(post).get(marsh.address + "chronology/", **query)
    assert answer.status_code == 200
    return answer.content.decode()


def test_several_accounts_of_one_event_are_folded_and_each_is_shown(marsh, visit, everybody):
    page = page_of(visit, everybody.eddie, marsh)
    assert page.count("Ada changed school") == 1
    assert "2 accounts of this event" in page
    assert "School nurse: new school" in page
    assert "(inferred, not stated)" in page
    assert "From Oak Green." in page


def test_part_known_dates_and_withdrawn_lines_are_marked(marsh, visit, everybody):
    page = page_of(visit, everybody.eddie, marsh)
    assert "February 2023 (month known)" in page
    assert re.search(r"<s>Wrong child</s>", page)


def test_one_account_about_two_children_is_one_line(marsh, visit, everybody):
    shared = uuid4()
    for child in (marsh.ada, marsh.joe):
        story.event(everybody.eddie, person=child, family=marsh.family, title="A picnic", event_id=shared, kind=18)
    page = page_of(visit, everybody.eddie, marsh)
    assert page.count("A picnic") == 1
    assert "accounts of this event" in page


def test_it_is_filtered_by_person_and_by_kind(marsh, visit, everybody):
    about_joe = page_of(visit, everybody.eddie, marsh, person=str(marsh.joe.pk))
    assert "Joe was born" in about_joe
    assert "Ada changed school" not in about_joe
    education = page_of(visit, everybody.eddie, marsh, kind="9")
    assert "Ada changed school" in education
    assert "Joe was born" not in education


def test_it_is_filtered_by_agency_and_by_period(marsh, visit, everybody):
    of_health = page_of(visit, everybody.eddie, marsh, agency=str(everybody.health.pk))
    assert "Home visit: Ada was cheerful" in of_health
    assert "Joe was born" not in of_health
    this_quarter = page_of(visit, everybody.eddie, marsh, period="3")
    assert "Home visit: Ada was cheerful" in this_quarter
    assert "Joe was born" not in this_quarter
    in_2023 = page_of(visit, everybody.eddie, marsh, period="2023")
    assert "Joe was born" in in_2023
    assert "Home visit: Ada was cheerful" not in in_2023


def test_a_strip_shows_who_told_when_and_says_it_in_words(marsh, visit, everybody):
    page = page_of(visit, everybody.eddie, marsh)
    assert "How much happened when, and who told of it" in page
    assert "Who told of what happened, and when" in page
    assert "February 2023" in page
    story.event(everybody.ben, person=marsh.joe, family=marsh.family, title="Some year", precision="year", kind=18)
    assert "1 is known by year or less" in page_of(visit, everybody.eddie, marsh)


def test_pages_follow_each_other_without_a_gap_or_a_repeat(marsh, visit, everybody):
    for number in range(60):
        story.event(everybody.eddie, person=marsh.ada, family=marsh.family, title=f"Line {number:02}", kind=18)
    first = page_of(visit, everybody.eddie, marsh)
    after = re.search(r"after=([\w=-]+)", first)
    assert after
    second = page_of(visit, everybody.eddie, marsh, after=after[1])
    lines = re.findall(r"Line \d\d", first) + re.findall(r"Line \d\d", second)
    assert sorted(lines) == [f"Line {number:02}" for number in range(60)]


def test_a_report_from_before_there_was_a_family_is_in_it(marsh, visit, everybody):
    story.event(everybody.eddie, person=marsh.ada, title="Concern report: neglect", kind=18)
    story.event(everybody.eddie, person=person(), title="About somebody else", kind=18)
    page = page_of(visit, everybody.eddie, marsh)
    assert "Concern report: neglect" in page
    assert "About somebody else" not in page


def test_of_one_day_the_line_written_last_comes_first(marsh, visit, everybody):
    now = timezone.now()
    for minute in (3, 1, 2):
        at = now - datetime.timedelta(minutes=minute)
        story.event(
            everybody.eddie, person=marsh.ada, family=marsh.family, title=f"Ago {minute}", recorded_at=at, kind=18
        )
    assert re.findall(r"Ago \d", page_of(visit, everybody.eddie, marsh)) == ["Ago 1", "Ago 2", "Ago 3"]


def test_nonsense_in_the_address_shows_the_first_page(marsh, visit, everybody):
    assert "Ada changed school" in page_of(visit, everybody.eddie, marsh, after="%%%", person="x", kind="DROP")


def test_it_is_not_there_for_a_school_that_signed_nothing(marsh, visit, everybody):
    assert visit(everybody.dev).get(marsh.address + "chronology/").status_code == 404


def test_it_takes_no_other_method(marsh, visit, everybody):
    takes_no_other_method(visit(everybody.eddie), marsh.address + "chronology/")


def test_it_reads_in_a_fixed_number_of_queries(marsh, visit, everybody, django_assert_max_num_queries):
    eddie = visit(everybody.eddie)
    with django_assert_max_num_queries(35):
        eddie.get(marsh.address + "chronology/")
