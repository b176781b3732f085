"""Keep a safe way to reach somebody."""

from cases import models
from tests.cases.web.checks import comes_back, is_not_there_for, takes_no_other_method


def address(marsh):
    return f"{marsh.address}safe-contacts/add/"


def answers(marsh, **more):
    return {"person": str(marsh.kate.pk), "way": "text", "detail": "07700 900777"} | more


def test_a_safe_way_is_kept(marsh, visit, everybody):
    answer = visit(everybody.eddie).send(address(marsh), **answers(marsh))
    assert answer.status_code == 302, answer.content.decode()
    assert models.SafeContact.objects.filter(person=marsh.kate, detail="07700 900777").exists()


def test_it_is_not_there_for_a_school_that_signed_nothing(marsh, visit, everybody):
    is_not_there_for(visit(everybody.dev), address(marsh), answers(marsh))


def test_it_is_not_done_once_the_work_has_ended(marsh, visit, everybody):
    models.ChildInCase.objects.update(state="closed")
    assert visit(everybody.eddie).send(address(marsh), **answers(marsh)).status_code == 409


def test_nothing_typed_is_lost_when_an_answer_is_missing(marsh, visit, everybody):
    page = comes_back(visit(everybody.eddie), address(marsh), answers(marsh, **{"way": ""}), "Select safe way")
    assert "07700 900777" in page


def test_it_takes_no_other_method(marsh, visit, everybody):
    takes_no_other_method(visit(everybody.eddie), address(marsh))
