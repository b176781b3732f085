"""A staff-safety note holds no longer."""

from cases import models
from tests.cases.web.checks import comes_back, is_not_there_for, takes_no_other_method

ANSWERS = {"reason": "The dogs have gone"}


def address(marsh):
    return f"{marsh.address}staff-safety/{models.StaffSafetyNote.objects.get().pk}/end/"


def test_it_leaves_the_top_of_the_page_at_once_and_the_reason_stays(marsh, visit, everybody):
    eddie = visit(everybody.eddie)
    answer = eddie.send(address(marsh), **ANSWERS)
    assert answer.status_code == 302, answer.content.decode()
    assert "The dogs have gone" in eddie.get(answer.url).content.decode()
    assert "Two large dogs" not in eddie.get(marsh.address).content.decode()


def test_only_the_agency_that_wrote_it_ends_it(marsh, visit, everybody):
    assert visit(everybody.ben).send(address(marsh), **ANSWERS).status_code == 409
    assert models.StaffSafetyNote.objects.get().ended_on is None


def test_it_is_not_there_for_a_school_that_signed_nothing(marsh, visit, everybody):
    is_not_there_for(visit(everybody.dev), address(marsh), ANSWERS)


def test_a_reason_is_wanted(marsh, visit, everybody):
    comes_back(visit(everybody.eddie), address(marsh), {"reason": ""}, "Say why")


def test_it_takes_no_other_method(marsh, visit, everybody):
    takes_no_other_method(visit(everybody.eddie), address(marsh))
