"""Record a review: need by need, with the next one in six weeks."""

from cases import models
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
