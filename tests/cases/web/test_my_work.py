"""My work: each line has a why and one verb, in the order of its reader's day."""

from django.utils import timezone

from cases import models
from sharing_agreements.vocabulary import Kind
from tests.cases.web import story
from tests.cases.web.checks import takes_no_other_method
from tests.factories import cases as factory

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


def test_the_first_review_of_a_plan_is_late_six_weeks_after_it_began(marsh, visit, everybody):
    models.Review.objects.all().delete()
    eddie = visit(everybody.eddie)
    assert "Record a review" not in eddie.get(ADDRESS).content.decode()
    models.ChildInCase.objects.update(since=timezone.now() - 44 * story.DAY)
    assert "Record a review" in eddie.get(ADDRESS).content.decode()


def test_news_of_a_child_that_names_no_family_is_new_information(marsh, visit, everybody):
    eddie = visit(everybody.eddie)
    eddie.get(marsh.address)
    story.event(everybody.hana, person=marsh.ada, title="Hub decision: advice", kind=Kind.DECISION)
    assert "from Marlbeck MASH" in eddie.get(ADDRESS).content.decode()


def test_nobody_looks_for_a_lead_before_the_family_said_yes(visit, everybody):
    home = factory.offered(everybody)
    esi = visit(everybody.esi)
    page = esi.get(ADDRESS).content.decode()
    assert "the family has not answered" in page and "Find a lead" not in page
    assign = f"/families/{home.family.pk}/lead/assign/?agency={everybody.quarry_hill.pk}"
    assert "Ask somebody to lead" not in esi.get(f"/families/{home.family.pk}/team/").content.decode()
    asked = {"who": str(everybody.amira.pk), "message": "", "handover": ""}
    assert "The family has not said yes" in esi.send(assign, **asked).content.decode()
    assert not models.LeadAssignment.objects.exists()


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
    with django_assert_max_num_queries(43):
        eddie.get(ADDRESS)
