"""The family as a picture: everybody the reader may see, nobody else, and the same in words beneath."""

import re

import pytest

from cases.models import FamilyMember, Household, HouseholdMember
from sharing_agreements.actions import facts
from tests.cases.web import household, story
from tests.cases.web.checks import takes_no_other_method

QUERIES = 27


def page_of(visit, post, marsh):
    answer = visit(post).get(marsh.address + "picture/")
    assert answer.status_code == 200
    return answer.content.decode()


def drawn(page: str) -> str:
    """The words in the picture."""
    picture = re.search(r'<svg[^>]*class="eh-picture__drawn".*?</svg>', page, re.DOTALL)
    return " ".join(re.findall(r"<text[^>]*>([^<]*)</text>", picture[0])) if picture else ""


def words(page: str) -> str:
    """The table."""
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page[page.index("The family in words</caption>") :]))


def test_nineteen_people_of_three_generations_are_drawn_and_said(marsh, visit, everybody):
    people = household.nineteen(marsh, everybody.eddie)
    page = page_of(visit, everybody.eddie, marsh)
    assert len(people) == 19
    assert "19 people on 3 rows" in page
    for given, family_name, *_ in (*household.ADULTS, *household.CHILDREN):
        assert f"{given} {family_name}" in drawn(page)
    for sign in ("Has died", "Adopted", "Not born yet", "Former partners", "A child the help is for"):
        assert f"{sign}\n" in page, sign
    table = words(page)
    for line in ("Parent of Ada Marsh", "Adopted child of Rob Reed", "Step-parent of Ada Marsh", "has died", "due"):
        assert line in table, line
    assert "style=" not in page and "<script" not in drawn(page)


def test_somebody_outside_the_homes_of_the_children_lives_elsewhere(marsh, visit, everybody):
    away = Household.objects.create(
        **story.written(everybody.eddie, about=[marsh.lee.pk], family=marsh.family), name="Lee's flat"
    )
    HouseholdMember.objects.create(
        **story.written(everybody.eddie, person=marsh.lee, family=marsh.family), household=away
    )
    page = page_of(visit, everybody.eddie, marsh)
    assert "lives elsewhere" in words(page)
    assert "lives elsewhere" in drawn(page)
    assert "Lee's flat" not in page


@pytest.mark.parametrize("name", ["eddie", "ben", "hana", "esi"])
def test_where_an_address_is_hidden_no_home_is_told_to_anybody(marsh, visit, everybody, name):
    test_somebody_outside_the_homes_of_the_children_lives_elsewhere(marsh, visit, everybody)
    facts.hide_address(person=marsh.kate.pk)
    page = page_of(visit, getattr(everybody, name), marsh)
    assert "lives elsewhere" not in page
    assert "an address in this family is hidden" in page


def test_whom_the_reader_may_not_see_is_not_drawn(marsh, visit, everybody):
    stranger = story.cast.person()
    FamilyMember.objects.create(
        **{**story.written(everybody.cleo, person=stranger, family=marsh.family), "happened_on": story.cast.LONG_AGO},
        part="other_adult",
    )
    facts.restrict(person=stranger.pk, why="asked")
    page = page_of(visit, everybody.ben, marsh)
    assert "4 people" in page
    assert "cannot name" not in page


def test_what_contradicts_itself_is_said_in_the_table_alone(marsh, visit, everybody):
    people = {"Ada": marsh.ada, "Kate": marsh.kate}
    household.relate(marsh, everybody.eddie, people, "Ada", "parent", "Kate")
    household.relate(marsh, everybody.eddie, people, "Ada", "sibling", "Kate")
    page = page_of(visit, everybody.eddie, marsh)
    assert drawn(page) == ""
    assert "No picture: what is recorded about" in page
    assert "Ada Marsh" in words(page)


def test_it_is_not_there_for_a_school_that_signed_nothing(marsh, visit, everybody):
    assert visit(everybody.dev).get(marsh.address + "picture/").status_code == 404


def test_it_takes_no_other_method(marsh, visit, everybody):
    takes_no_other_method(visit(everybody.eddie), marsh.address + "picture/")


def test_it_reads_in_a_fixed_number_of_queries(marsh, visit, everybody, django_assert_max_num_queries):
    household.nineteen(marsh, everybody.eddie)
    eddie = visit(everybody.eddie)
    with django_assert_max_num_queries(QUERIES):
        eddie.get(marsh.address + "picture/")
