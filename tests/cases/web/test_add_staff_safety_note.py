"""Tell colleagues what to know before a visit."""

from cases import models
from tests.cases.web.checks import boxes, comes_back, is_not_there_for, soon, takes_no_other_method


def address(marsh):
    return f"{marsh.address}staff-safety/add/"


def answers(marsh, **more):
    return {"people": [str(marsh.lee.pk)], "what": "Ring before you come"} | boxes("review_on", soon()) | more


def test_a_note_tops_every_page_of_the_family(marsh, visit, everybody):
    answer = visit(everybody.eddie).send(address(marsh), **answers(marsh))
    assert answer.status_code == 302, answer.content.decode()
    page = visit(everybody.eddie).get(marsh.address).content.decode()
    assert "Ring before you come" in page


def test_a_team_member_of_another_agency_reads_it_before_a_visit(marsh, visit, everybody):
    visit(everybody.eddie).send(address(marsh), **answers(marsh, what="Large dog, not tied up"))
    assert everybody.ben.agency != everybody.eddie.agency
    assert "Large dog, not tied up" in visit(everybody.ben).get(marsh.address).content.decode()


def test_it_is_not_there_for_a_school_that_signed_nothing(marsh, visit, everybody):
    is_not_there_for(visit(everybody.dev), address(marsh), answers(marsh))


def test_it_is_not_done_once_the_work_has_ended(marsh, visit, everybody):
    models.ChildInCase.objects.update(state="closed")
    assert visit(everybody.eddie).send(address(marsh), **answers(marsh)).status_code == 409


def test_nothing_typed_is_lost_when_an_answer_is_missing(marsh, visit, everybody):
    page = comes_back(
        visit(everybody.eddie), address(marsh), answers(marsh, **{"review_on_year": "2099"}), "within 12 months"
    )
    assert "Ring before you come" in page


def test_it_takes_no_other_method(marsh, visit, everybody):
    takes_no_other_method(visit(everybody.eddie), address(marsh))
