"""Add a need to the plan."""

from cases import models
from tests.cases.web.checks import comes_back, is_not_there_for, takes_no_other_method


def address(marsh):
    return f"{marsh.address}needs/add/"


def answers(marsh, **more):
    return {"people": [str(marsh.joe.pk)], "title": "Joe sleeps badly", "heading": "health", "baseline": "4"} | more


def test_a_need_joins_the_plan(marsh, visit, everybody):
    answer = visit(everybody.ben).send(address(marsh), **answers(marsh))
    assert answer.status_code == 302, answer.content.decode()
    assert models.Need.objects.get(title="Joe sleeps badly").baseline == 4


def test_it_is_not_there_for_a_school_that_signed_nothing(marsh, visit, everybody):
    is_not_there_for(visit(everybody.dev), address(marsh), answers(marsh))


def test_it_is_not_done_once_the_work_has_ended(marsh, visit, everybody):
    models.ChildInCase.objects.update(state="closed")
    assert visit(everybody.ben).send(address(marsh), **answers(marsh)).status_code == 409


def test_nothing_typed_is_lost_when_an_answer_is_missing(marsh, visit, everybody):
    page = comes_back(visit(everybody.ben), address(marsh), answers(marsh, **{"baseline": "44"}), "must be 10 or less")
    assert "Joe sleeps badly" in page


def test_it_takes_no_other_method(marsh, visit, everybody):
    takes_no_other_method(visit(everybody.ben), address(marsh))


def test_a_need_found_in_an_assessment_brings_its_heading_and_number(marsh, visit, everybody):
    found = {"heading": "health", "baseline": "0", "people": str(marsh.joe.pk)}
    page = visit(everybody.ben).get(address(marsh), **found).content.decode()
    assert 'value="health" selected' in page
    assert f'value="{marsh.joe.pk}" checked' in page
    assert visit(everybody.ben).send(address(marsh), **answers(marsh, baseline="0")).status_code == 302
    comes_back(visit(everybody.ben), address(marsh), answers(marsh, baseline=""), "Enter where things are now")
