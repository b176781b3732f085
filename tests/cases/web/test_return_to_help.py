"""Help is needed again while we keep in touch: that ends and the plan goes on."""

from cases import models
from tests.cases.web.checks import comes_back, is_not_there_for, takes_no_other_method
from tests.cases.web.test_answer_prompt import stepped_down


def address(marsh):
    return f"{marsh.address}help-again/"


def answers(marsh, **more):
    return {"people": [str(marsh.joe.pk)], "reason": "Joe wakes every night again"} | more


def test_the_plan_goes_on_and_keeping_in_touch_ends(marsh, visit, everybody):
    stepped_down(marsh, visit, everybody)
    eddie = visit(everybody.eddie)
    assert "Bring back to early help" in eddie.get(marsh.address).content.decode()
    assert eddie.send(address(marsh), **answers(marsh)).status_code == 302
    assert models.ChildInCase.objects.get(person=marsh.joe).state == "plan_active"
    watch = models.Watch.objects.get()
    assert watch.ended_answer == "back_to_help" and watch.ended_because == "Joe wakes every night again"
    assert "Bring back to early help" not in eddie.get(marsh.address).content.decode()


def test_nothing_typed_is_lost_when_an_answer_is_missing(marsh, visit, everybody):
    stepped_down(marsh, visit, everybody)
    nobody = answers(marsh, people=[])
    page = comes_back(visit(everybody.eddie), address(marsh), nobody, "There is a problem")
    assert "Joe wakes every night again" in page


def test_a_child_whose_plan_runs_is_not_on_offer(marsh, visit, everybody):
    stepped_down(marsh, visit, everybody)
    ada = answers(marsh, people=[str(marsh.ada.pk)])
    comes_back(visit(everybody.eddie), address(marsh), ada, "There is a problem")


def test_it_is_not_for_the_team_and_not_there_for_others(marsh, visit, everybody):
    stepped_down(marsh, visit, everybody)
    assert visit(everybody.ben).send(address(marsh), **answers(marsh)).status_code == 409
    is_not_there_for(visit(everybody.dev), address(marsh), answers(marsh))


def test_it_takes_no_other_method(marsh, visit, everybody):
    takes_no_other_method(visit(everybody.eddie), address(marsh))
