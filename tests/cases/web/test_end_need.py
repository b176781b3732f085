"""Say where a need ended."""

from cases import models
from tests.cases.web.checks import comes_back, is_not_there_for, takes_no_other_method


def address(marsh):
    return f"{marsh.address}needs/{marsh.rows['need'].pk}/end/"


def answers(marsh, **more):
    return {"version": "1", "end_score": "8", "ended_because": "They moved school"} | more


def test_a_need_ends_with_a_score_and_a_reason(marsh, visit, everybody):
    answer = visit(everybody.eddie).send(address(marsh), **answers(marsh))
    assert answer.status_code == 302, answer.content.decode()
    need = models.Need.objects.get(pk=marsh.rows["need"].pk)
    assert (need.end_score, need.ended_because) == (8, "They moved school")


def test_it_is_not_there_for_a_school_that_signed_nothing(marsh, visit, everybody):
    is_not_there_for(visit(everybody.dev), address(marsh), answers(marsh))


def test_it_is_not_for_the_team_to_do(marsh, visit, everybody):
    assert visit(everybody.ben).get(address(marsh)).status_code == 409
    assert visit(everybody.ben).send(address(marsh), **answers(marsh)).status_code == 409


def test_it_is_not_done_once_the_work_has_ended(marsh, visit, everybody):
    models.ChildInCase.objects.update(state="closed")
    assert visit(everybody.eddie).send(address(marsh), **answers(marsh)).status_code == 409


def test_nothing_typed_is_lost_when_an_answer_is_missing(marsh, visit, everybody):
    page = comes_back(
        visit(everybody.eddie), address(marsh), answers(marsh, **{"end_score": "11"}), "must be 10 or less"
    )
    assert "They moved school" in page


def test_it_takes_no_other_method(marsh, visit, everybody):
    takes_no_other_method(visit(everybody.eddie), address(marsh))


def test_a_stale_save_shows_both_versions(marsh, visit, everybody):
    models.Need.objects.filter(pk=marsh.rows["need"].pk).update(version=2, ended_because="Somebody was quicker")
    page = comes_back(visit(everybody.eddie), address(marsh), answers(marsh), "Somebody changed this")
    assert "Somebody was quicker" in page
    assert "They moved school" in page
