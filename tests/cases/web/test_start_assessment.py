"""The lead starts the assessment of a child who joined after they said yes to leading."""

from cases import models
from tests.cases.web.checks import comes_back, is_not_there_for, takes_no_other_method


def address(marsh):
    return f"{marsh.address}children/start-assessment/"


def joe_waits(marsh):
    models.ChildInCase.objects.filter(person=marsh.joe).update(state="waiting")


def test_the_lead_starts_it_and_only_for_who_waits(marsh, visit, everybody):
    joe_waits(marsh)
    eddie = visit(everybody.eddie)
    assert address(marsh) in eddie.get(marsh.address).content.decode()
    assert str(marsh.ada.pk) not in eddie.get(address(marsh)).content.decode()
    answer = eddie.send(address(marsh), people=[str(marsh.joe.pk)])
    assert answer.status_code == 302, answer.content.decode()
    assert models.ChildInCase.objects.get(person=marsh.joe).state == "assessing"
    assert models.ChildInCase.objects.get(person=marsh.ada).state == "plan_active"
    assert models.Assessment.objects.get().about == [marsh.joe.pk]


def test_it_is_for_the_lead(marsh, visit, everybody):
    joe_waits(marsh)
    assert visit(everybody.ben).get(address(marsh)).status_code == 409
    assert visit(everybody.esi).get(address(marsh)).status_code == 409


def test_there_is_nothing_to_start_where_nobody_waits(marsh, visit, everybody):
    assert address(marsh) not in visit(everybody.eddie).get(marsh.address).content.decode()
    assert visit(everybody.eddie).get(address(marsh)).status_code == 409


def test_it_is_not_there_for_a_school_that_signed_nothing(marsh, visit, everybody):
    joe_waits(marsh)
    is_not_there_for(visit(everybody.dev), address(marsh), {"people": [str(marsh.joe.pk)]})


def test_a_child_is_wanted(marsh, visit, everybody):
    joe_waits(marsh)
    comes_back(visit(everybody.eddie), address(marsh), {}, "There is a problem")


def test_it_takes_no_other_method(marsh, visit, everybody):
    takes_no_other_method(visit(everybody.eddie), address(marsh))
