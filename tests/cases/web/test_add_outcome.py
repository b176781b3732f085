"""Say what will be different when a need is met."""

from cases import models
from tests.cases.web.checks import comes_back, is_not_there_for, takes_no_other_method


def address(marsh):
    return f"{marsh.address}needs/{marsh.rows['need'].pk}/outcomes/add/"


def answers(marsh, **more):
    return {"title": "Ada eats breakfast"} | more


def test_an_outcome_hangs_from_its_need(marsh, visit, everybody):
    answer = visit(everybody.ben).send(address(marsh), **answers(marsh))
    assert answer.status_code == 302, answer.content.decode()
    assert models.Outcome.objects.get(title="Ada eats breakfast").need == marsh.rows["need"]


def test_it_is_not_there_for_a_school_that_signed_nothing(marsh, visit, everybody):
    is_not_there_for(visit(everybody.dev), address(marsh), answers(marsh))


def test_it_is_not_done_once_the_work_has_ended(marsh, visit, everybody):
    models.ChildInCase.objects.update(state="closed")
    assert visit(everybody.ben).send(address(marsh), **answers(marsh)).status_code == 409


def test_nothing_typed_is_lost_when_an_answer_is_missing(marsh, visit, everybody):
    page = comes_back(
        visit(everybody.ben), address(marsh), answers(marsh, **{"title": "x" * 201}), "must be 200 characters or fewer"
    )
    assert "xxxxxxxx" in page


def test_it_takes_no_other_method(marsh, visit, everybody):
    takes_no_other_method(visit(everybody.ben), address(marsh))


def test_a_fifth_outcome_is_warned_about_before_it_is_added(marsh, visit, everybody):
    said = "This plan works towards four outcomes already"
    for number in range(3):
        assert said not in visit(everybody.eddie).get(address(marsh)).content.decode()
        assert visit(everybody.eddie).send(address(marsh), title=f"Outcome {number}").status_code == 302
    assert said in visit(everybody.eddie).get(address(marsh)).content.decode()
