"""Say that an outcome was reached, and how it shows."""

from cases import models
from tests.cases.web.checks import comes_back, is_not_there_for, takes_no_other_method


def address(marsh):
    return f"{marsh.address}outcomes/{models.Outcome.objects.get(need=marsh.rows['need']).pk}/reach/"


def answers(marsh, **more):
    return {"version": "1", "evidence": "No absence for a month"} | more


def test_an_outcome_is_reached_with_evidence(marsh, visit, everybody):
    answer = visit(everybody.eddie).send(address(marsh), **answers(marsh))
    assert answer.status_code == 302, answer.content.decode()
    outcome = models.Outcome.objects.get(need=marsh.rows["need"])
    assert outcome.evidence == "No absence for a month"
    assert outcome.reached_on


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
        visit(everybody.eddie),
        address(marsh),
        answers(marsh, **{"evidence": "y" * 301}),
        "must be 300 characters or fewer",
    )
    assert "yyyyyyyy" in page


def test_it_takes_no_other_method(marsh, visit, everybody):
    takes_no_other_method(visit(everybody.eddie), address(marsh))
