"""The family page in ten seconds: safety first, who, where each child stands, what is next, what is new."""

from types import SimpleNamespace

import pytest
from django.template.loader import render_to_string

from cases import models
from cases.queries.pages.leading import Leading
from sharing_agreements.actions import facts
from tests.cases.web import story
from tests.cases.web.checks import takes_no_other_method

QUERIES = 41


def seen_by(visit, post, address):
    answer = visit(post).get(address)
    assert answer.status_code == 200
    return answer.content.decode()


def test_the_lead_sees_safety_children_next_and_words(marsh, visit, everybody):
    page = seen_by(visit, everybody.eddie, marsh.address)
    for words in (
        "Not safe to tell",
        "Keep apart",
        "Two large dogs",
        "Romanian",
        "Ada Marsh",
        "Plan active",
        "Level 2",
        "Walk to school together on Mondays",
        "Overdue",
        "Ada misses a day of school a week",
        "I like it when Mum sings.",
        "Must not collect the children: Lee Doyle",
        "parental responsibility",
        "This is your first look",
    ):
        assert words in page, words
    assert page.index("Not safe to tell") < page.index("<h1")


def test_a_second_look_says_what_others_wrote_since_and_nothing_of_ones_own(marsh, visit, everybody):
    eddie = visit(everybody.eddie)
    eddie.get(marsh.address)
    story.event(everybody.ben, person=marsh.joe, family=marsh.family, title="Joe has gained weight", kind=18)
    story.event(everybody.eddie, person=marsh.joe, family=marsh.family, title="Written by Eddie himself", kind=18)
    page = eddie.get(marsh.address).content.decode()
    assert "Joe has gained weight" in page
    assert "Written by Eddie himself" not in page


def test_a_hidden_address_is_said_and_no_place_is(marsh, visit, everybody):
    facts.hide_address(person=marsh.kate.pk)
    page = seen_by(visit, everybody.ben, marsh.address)
    assert "Hidden address" in page
    assert "Quarry Hill Primary" not in page


def test_a_sensitive_agency_is_never_named(marsh, visit, everybody):
    everybody.police.sensitive = True
    everybody.police.save()
    story.event(everybody.cleo, person=marsh.ada, family=marsh.family, title="Seen in town", kind=3)
    page = seen_by(visit, everybody.hana, marsh.address)
    assert "Marlbeck Constabulary" not in page


def test_somebody_without_a_visible_account_cannot_be_named(marsh, visit, everybody):
    stranger = story.cast.person()
    models.FamilyMember.objects.create(
        **story.written(everybody.eddie, person=stranger, family=marsh.family), part="other_adult"
    )
    assert "Someone we cannot name" in seen_by(visit, everybody.eddie, marsh.address)


def test_it_is_not_there_for_a_school_that_signed_nothing(marsh, visit, everybody):
    assert visit(everybody.dev).get(marsh.address).status_code == 404
    assert visit(everybody.cleo).get(marsh.address).status_code == 404


def test_it_takes_no_other_method(marsh, visit, everybody):
    takes_no_other_method(visit(everybody.eddie), marsh.address)


def test_it_reads_in_a_fixed_number_of_queries(marsh, visit, everybody, django_assert_max_num_queries):
    eddie = visit(everybody.eddie)
    with django_assert_max_num_queries(QUERIES):
        eddie.get(marsh.address)


@pytest.mark.parametrize(("case", "words"), [(None, "Nothing you may see"), (object(), "Nobody yet")])
def test_that_nobody_leads_is_said_only_where_the_case_may_be_seen(case, words):
    said = render_to_string("cases/parts/lead.html", {"leading": Leading(), "top": SimpleNamespace(case=case)})
    assert words in said
