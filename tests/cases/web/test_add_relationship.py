"""Say what one person is to another."""

from cases import models
from tests.cases.web.checks import comes_back, is_not_there_for, takes_no_other_method


def address(marsh):
    return f"{marsh.address}relationships/add/"


def answers(marsh, **more):
    return {
        "person": str(marsh.lee.pk),
        "tie": "parent",
        "to_person": str(marsh.joe.pk),
        "parental_responsibility": "unknown",
        "court_order": "none",
    } | more


def test_a_relationship_is_kept(marsh, visit, everybody):
    answer = visit(everybody.eddie).send(address(marsh), **answers(marsh))
    assert answer.status_code == 302, answer.content.decode()
    assert models.Relationship.objects.get(person=marsh.lee, to_person=marsh.joe).parental_responsibility is None


def test_it_is_not_there_for_a_school_that_signed_nothing(marsh, visit, everybody):
    is_not_there_for(visit(everybody.dev), address(marsh), answers(marsh))


def test_it_is_not_done_once_the_work_has_ended(marsh, visit, everybody):
    models.ChildInCase.objects.update(state="closed")
    assert visit(everybody.eddie).send(address(marsh), **answers(marsh)).status_code == 409


def test_nothing_typed_is_lost_when_an_answer_is_missing(marsh, visit, everybody):
    page = comes_back(
        visit(everybody.eddie),
        address(marsh),
        answers(marsh, **{"to_person": str(marsh.lee.pk)}),
        "nobody is related to themselves",
    )
    assert "Lee Doyle" in page


def test_it_takes_no_other_method(marsh, visit, everybody):
    takes_no_other_method(visit(everybody.eddie), address(marsh))
