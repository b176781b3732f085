"""Record a review: need by need, with the next one in six weeks."""

import pytest
from django.utils import timezone

from cases import models
from sharing_agreements.vocabulary import Role
from tests import cast
from tests.cases.web.checks import boxes, comes_back, is_not_there_for, takes_no_other_method


def address(marsh):
    return f"{marsh.address}reviews/record/"


def answers(marsh, **more):
    return (
        {
            "people": [str(marsh.ada.pk)],
            f"change_{marsh.rows['need'].pk}": "better",
            f"score_{marsh.rows['need'].pk}": "6",
            "summary": "Ada comes most days",
            "result": "continue",
        }
        | boxes("held_on", cast.today())
        | more
    )


def test_a_review_keeps_what_became_of_each_need(marsh, visit, everybody):
    answer = visit(everybody.eddie).send(address(marsh), **answers(marsh))
    assert answer.status_code == 302, answer.content.decode()
    review = models.Review.objects.get(summary="Ada comes most days")
    assert [(score.change, score.score) for score in review.scores.all()] == [("better", 6)]
    assert review.next_review_on > cast.today()


@pytest.mark.parametrize(
    ("result", "then"),
    [
        ("continue", ""),
        ("reassess", "assess-again/"),
        ("step_up", "step-up/"),
        ("step_down", "step-down/"),
        ("close", "close/"),
    ],
)
def test_what_it_decided_is_the_next_page_and_nothing_has_moved_yet(marsh, visit, everybody, result, then):
    answer = visit(everybody.eddie).send(address(marsh), **answers(marsh, result=result))
    assert answer.url == f"{marsh.address}{then}"
    assert set(models.ChildInCase.objects.values_list("state", flat=True)) == {"plan_active"}
    assert visit(everybody.eddie).get(answer.url).status_code == 200


def test_whoever_may_not_do_what_it_decided_goes_back_to_the_family(marsh, visit, everybody):
    coordinator = cast.post("Cora", everybody.early_help, Role.COORDINATOR)
    answer = visit(coordinator).send(address(marsh), **answers(marsh, result="close"))
    assert answer.url == marsh.address


def test_it_may_name_the_meeting_it_was_held_at_and_needs_none(marsh, visit, everybody):
    mine = {"owner": everybody.early_help, "author": everybody.eddie.practitioner, "happened_on": cast.today()}
    met = models.Meeting.objects.create(
        **mine, family=marsh.family, about=[marsh.ada.pk], case=marsh.case, starts_at=timezone.now(), held=True
    )
    eddie = visit(everybody.eddie)
    assert "No, without a meeting" in eddie.get(address(marsh)).content.decode()
    for meeting in (met.pk, ""):
        assert eddie.send(address(marsh), **answers(marsh, meeting=str(meeting))).status_code == 302
    assert set(models.Review.objects.filter(summary="Ada comes most days").values_list("meeting", flat=True)) == {
        met.pk,
        None,
    }


def test_assessing_again_begins_a_new_assessment_for_those_children_alone(marsh, visit, everybody):
    eddie, again = visit(everybody.eddie), f"{marsh.address}assess-again/"
    page = comes_back(eddie, again, {"reason": "Dad is back"}, "Choose a child")
    assert "Dad is back" in page
    assert eddie.send(again, people=[str(marsh.ada.pk)], reason="Dad is back").status_code == 302
    states = dict(models.ChildInCase.objects.values_list("person", "state"))
    assert states == {marsh.ada.pk: "assessing", marsh.joe.pk: "plan_active"}
    assert models.Assessment.objects.get(finished_at=None).due_on > cast.today()
    assert visit(everybody.ben).send(again, people=[str(marsh.joe.pk)], reason="x").status_code == 409
    is_not_there_for(visit(everybody.dev), again, {"reason": "x"})
    takes_no_other_method(eddie, again)


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
        visit(everybody.eddie), address(marsh), answers(marsh, **{"result": ""}), "Answer “What happens next?”"
    )
    assert "Ada comes most days" in page


def test_it_takes_no_other_method(marsh, visit, everybody):
    takes_no_other_method(visit(everybody.eddie), address(marsh))
