"""The caseload: one's own families, or the agency's for those who oversee it."""

from tests.cases.web import story
from tests.cases.web.checks import takes_no_other_method

ADDRESS = "/families/caseload/"


def test_a_lead_and_a_team_member_find_their_family(marsh, visit, everybody):
    for post in (everybody.eddie, everybody.ben, everybody.esi):
        page = visit(post).get(ADDRESS).content.decode()
        assert "Marsh family" in page, post
        assert marsh.address in page


def test_it_is_filtered_by_where_the_help_stands(marsh, visit, everybody):
    assert "Marsh family" in visit(everybody.eddie).get(ADDRESS, state="plan_active").content.decode()
    page = visit(everybody.eddie).get(ADDRESS, state="closed").content.decode()
    assert "No family matches this filter" in page


def test_somebody_with_no_right_finds_nothing(marsh, visit, everybody):
    page = visit(everybody.dev).get(ADDRESS).content.decode()
    assert "No family is on your caseload" in page
    assert "Marsh" not in page


def test_it_is_not_for_reporters(marsh, visit, everybody):
    assert visit(everybody.cleo).get(ADDRESS).status_code == 404


def test_it_takes_no_other_method(everybody, visit):
    takes_no_other_method(visit(everybody.eddie), ADDRESS)


def test_more_families_need_no_more_queries(everybody, visit, django_assert_max_num_queries):
    for _ in range(4):
        story.marshes(everybody)
    eddie = visit(everybody.eddie)
    with django_assert_max_num_queries(23):
        eddie.get(ADDRESS)
