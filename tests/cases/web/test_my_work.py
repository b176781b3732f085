"""My work: each line has a why and one verb, in the order of its reader's day."""

from tests.cases.web import story
from tests.cases.web.checks import takes_no_other_method

ADDRESS = "/families/my-work/"


def titles(page):
    found = ["New information", "Review or assessment overdue", "Your actions this week"]
    return [page.index(title) for title in found]


def test_a_lead_sees_new_information_then_the_late_review_then_actions(marsh, visit, everybody):
    page = visit(everybody.eddie).get(ADDRESS).content.decode()
    assert titles(page) == sorted(titles(page))
    assert "Record a review" in page
    assert "Change or finish" in page
    assert "Marlbeck Community Health" in page


def test_what_was_read_is_new_no_longer(marsh, visit, everybody):
    eddie = visit(everybody.eddie)
    eddie.get(marsh.address)
    assert "New information" not in eddie.get(ADDRESS).content.decode()


def test_a_team_member_sees_their_own_action(marsh, visit, everybody):
    page = visit(everybody.ben).get(ADDRESS).content.decode()
    assert "Weigh Joe" in page
    assert "Walk to school together" not in page


def test_a_manager_sees_how_much_each_lead_has(marsh, visit, everybody):
    page = visit(everybody.esi).get(ADDRESS).content.decode()
    assert "Leads 1 running family" in page


def test_somebody_with_no_right_has_an_empty_list_that_says_so(marsh, visit, everybody):
    page = visit(everybody.dev).get(ADDRESS).content.decode()
    assert "Nothing is waiting for you" in page
    assert "Marsh" not in page


def test_the_hub_has_its_queue_instead(marsh, visit, everybody):
    assert visit(everybody.hana).get(ADDRESS).status_code == 404


def test_it_takes_no_other_method(everybody, visit):
    takes_no_other_method(visit(everybody.eddie), ADDRESS)


def test_more_families_need_no_more_queries(everybody, visit, django_assert_max_num_queries):
    for _ in range(4):
        story.marshes(everybody)
    eddie = visit(everybody.eddie)
    with django_assert_max_num_queries(38):
        eddie.get(ADDRESS)
