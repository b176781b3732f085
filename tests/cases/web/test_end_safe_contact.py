"""A way to reach somebody is safe no longer."""

from cases import models
from tests.cases.web.checks import comes_back, is_not_there_for, takes_no_other_method

ANSWERS = {"reason": "Lee reads her messages"}


def address(marsh):
    return f"{marsh.address}safe-contacts/{marsh.rows['way'].pk}/end/"


def test_nobody_is_shown_it_from_that_moment(marsh, visit, everybody):
    eddie = visit(everybody.eddie)
    assert address(marsh) in eddie.get(marsh.address + "people/").content.decode()
    answer = eddie.send(address(marsh), **ANSWERS)
    assert answer.status_code == 302, answer.content.decode()
    assert "07700 900123" not in eddie.get(answer.url).content.decode()
    assert models.SafeContact.objects.get().ended_because == "Lee reads her messages"


def test_a_team_member_of_another_agency_does_not_find_it(marsh, visit, everybody):
    assert visit(everybody.ben).send(address(marsh), **ANSWERS).status_code == 404
    assert models.SafeContact.objects.get().ended_on is None


def test_it_is_not_there_for_a_school_that_signed_nothing(marsh, visit, everybody):
    is_not_there_for(visit(everybody.dev), address(marsh), ANSWERS)


def test_it_is_not_done_once_the_work_has_ended(marsh, visit, everybody):
    models.ChildInCase.objects.update(state="closed")
    assert visit(everybody.eddie).send(address(marsh), **ANSWERS).status_code == 409


def test_a_reason_is_wanted(marsh, visit, everybody):
    comes_back(visit(everybody.eddie), address(marsh), {"reason": ""}, "Say why")


def test_it_takes_no_other_method(marsh, visit, everybody):
    takes_no_other_method(visit(everybody.eddie), address(marsh))
