"""Say who does what by when."""

from cases import models
from sharing_agreements.models import Post
from tests.cases.web.checks import boxes, comes_back, is_not_there_for, soon, takes_no_other_method


def ben():
    return Post.objects.get(practitioner__name="Ben")


def address(marsh):
    return f"{marsh.address}needs/{marsh.rows['need'].pk}/actions/add/"


def answers(marsh, **more):
    return (
        {
            "title": "Ring the school",
            "measure": "They answered",
            "sort": "help",
            "doer": f"{ben().practitioner_id}:{ben().agency_id}",
        }
        | boxes("due_on", soon())
        | more
    )


def test_an_action_has_a_named_doer_and_a_date(marsh, visit, everybody):
    answer = visit(everybody.ben).send(address(marsh), **answers(marsh))
    assert answer.status_code == 302, answer.content.decode()
    action = models.Action.objects.get(title="Ring the school")
    assert (action.doer, action.due_on) == (everybody.ben.practitioner, soon())


def test_enforcement_names_its_power_and_why_it_helps(marsh, visit, everybody):
    said = {"sort": "enforcement", "power": "Acceptable behaviour contract", "power_reason": "He asked for rules."}
    page = comes_back(visit(everybody.ben), address(marsh), answers(marsh, sort="enforcement"), "Name the legal power")
    assert "Say why enforcement helps this family now" in page
    assert visit(everybody.ben).send(address(marsh), **answers(marsh, **said)).status_code == 302
    plan = visit(everybody.ben).get(marsh.address + "plan/").content.decode()
    assert "Power: Acceptable behaviour contract. Why: He asked for rules." in plan
    assert "Done when: They answered" in plan


def test_it_is_not_there_for_a_school_that_signed_nothing(marsh, visit, everybody):
    is_not_there_for(visit(everybody.dev), address(marsh), answers(marsh))


def test_it_is_not_done_once_the_work_has_ended(marsh, visit, everybody):
    models.ChildInCase.objects.update(state="closed")
    assert visit(everybody.ben).send(address(marsh), **answers(marsh)).status_code == 409


def test_nothing_typed_is_lost_when_an_answer_is_missing(marsh, visit, everybody):
    page = comes_back(
        visit(everybody.ben),
        address(marsh),
        answers(marsh, **{"due_on_day": "31", "due_on_month": "2"}),
        "must be a real date",
    )
    assert "Ring the school" in page


def test_it_takes_no_other_method(marsh, visit, everybody):
    takes_no_other_method(visit(everybody.ben), address(marsh))
