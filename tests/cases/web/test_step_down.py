"""End the plan and keep in touch for 26 weeks."""

from cases import models
from tests import cast
from tests.cases.web.checks import boxes, comes_back, is_not_there_for, takes_no_other_method


def address(marsh):
    return f"{marsh.address}step-down/"


def answers(marsh, **more):
    return (
        {
            "people": [str(marsh.joe.pk)],
            "summary": "Joe sleeps through",
            "family_view": "Glad of a call now and then",
            "on_lists": "no",
        }
        | boxes("family_told_on", cast.today())
        | more
    )


def test_joe_is_kept_in_touch_with(marsh, visit, everybody):
    answer = visit(everybody.eddie).send(address(marsh), **answers(marsh))
    assert answer.status_code == 302, answer.content.decode()
    assert models.ChildInCase.objects.get(person=marsh.joe).state == "stepped_down"
    assert models.Watch.objects.get(person=marsh.joe).prompts.count() == 3
    assert models.ChildInCase.objects.get(person=marsh.ada).state == "plan_active"


def test_it_is_not_there_for_a_school_that_signed_nothing(marsh, visit, everybody):
    is_not_there_for(visit(everybody.dev), address(marsh), answers(marsh))


def test_it_is_not_for_the_team_to_do(marsh, visit, everybody):
    assert visit(everybody.ben).get(address(marsh)).status_code == 409
    assert visit(everybody.ben).send(address(marsh), **answers(marsh)).status_code == 409


def test_it_is_not_done_once_the_work_has_ended(marsh, visit, everybody):
    models.ChildInCase.objects.update(state="closed")
    assert visit(everybody.eddie).send(address(marsh), **answers(marsh)).status_code == 409


def test_nothing_typed_is_lost_when_an_answer_is_missing(marsh, visit, everybody):
    page = comes_back(visit(everybody.eddie), address(marsh), answers(marsh, **{"on_lists": ""}), "There is a problem")
    assert "Glad of a call now and then" in page


def test_it_takes_no_other_method(marsh, visit, everybody):
    takes_no_other_method(visit(everybody.eddie), address(marsh))


def test_a_need_without_an_outcome_stands_in_the_way(marsh, visit, everybody):
    said = answers(marsh, people=[str(marsh.ada.pk)])
    page = comes_back(visit(everybody.eddie), address(marsh), said, "Say what came of")
    assert "Glad of a call now and then" in page
    assert models.ChildInCase.objects.get(person=marsh.ada).state == "plan_active"
