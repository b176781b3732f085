"""Say how far an action has come."""

from django.utils import timezone

from cases import models
from tests.cases.web.checks import comes_back, is_not_there_for, takes_no_other_method


def address(marsh):
    return f"{marsh.address}actions/{marsh.rows['action'].pk}/change/"


def answers(marsh, **more):
    return {"status": "done", "what": "We walked together twice"} | more


def test_an_action_is_done_with_what_was_done(marsh, visit, everybody):
    answer = visit(everybody.eddie).send(address(marsh), **answers(marsh))
    assert answer.status_code == 302, answer.content.decode()
    assert models.Action.objects.get(pk=marsh.rows["action"].pk).status == "done"


def test_it_is_not_there_for_a_school_that_signed_nothing(marsh, visit, everybody):
    is_not_there_for(visit(everybody.dev), address(marsh), answers(marsh))


def test_an_action_is_settled_once(marsh, visit, everybody):
    models.Action.objects.update(status="done", settled_at=timezone.now())
    assert visit(everybody.eddie).send(address(marsh), **answers(marsh)).status_code == 409


def test_nothing_typed_is_lost_when_an_answer_is_missing(marsh, visit, everybody):
    page = comes_back(
        visit(everybody.eddie), address(marsh), answers(marsh, **{"status": ""}), "Answer “How far has it come?”"
    )
    assert "We walked together twice" in page


def test_it_takes_no_other_method(marsh, visit, everybody):
    takes_no_other_method(visit(everybody.eddie), address(marsh))
