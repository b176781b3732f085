"""End the work with children, with words for whoever meets them next."""

from cases import models
from tests.cases.web.checks import comes_back, is_not_there_for, takes_no_other_method


def address(marsh):
    return f"{marsh.address}close/"


def answers(marsh, **more):
    return {
        "people": [str(marsh.joe.pk)],
        "reason": "needs_met",
        "summary": "Joe is well",
        "if_they_return": "Ask Ben",
    } | more


def test_the_work_with_joe_ends(marsh, visit, everybody):
    answer = visit(everybody.eddie).send(address(marsh), **answers(marsh))
    assert answer.status_code == 302, answer.content.decode()
    assert models.ChildInCase.objects.get(person=marsh.joe).state == "closed"
    assert models.ClosingSummary.objects.get(person=marsh.joe).if_they_return == "Ask Ben"


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
        visit(everybody.eddie), address(marsh), answers(marsh, **{"reason": ""}), "Answer “Why does the work end?”"
    )
    assert "Joe is well" in page


def test_it_takes_no_other_method(marsh, visit, everybody):
    takes_no_other_method(visit(everybody.eddie), address(marsh))


def test_a_family_that_declined_needs_a_manager(marsh, visit, everybody):
    page = comes_back(visit(everybody.eddie), address(marsh), answers(marsh, reason="declined"), "A manager must agree")
    assert "Joe is well" in page
