"""Two people need not be kept apart any more."""

from cases import models
from tests.cases.web.checks import comes_back, is_not_there_for, takes_no_other_method

ANSWERS = {"reason": "The order has run out"}


def pair():
    return models.KeepApart.objects.get()


def address(marsh):
    return f"{marsh.address}keep-apart/{pair().pk}/end/"


def test_it_leaves_the_top_of_the_page_at_once_and_the_reason_stays(marsh, visit, everybody):
    eddie = visit(everybody.eddie)
    assert address(marsh) in eddie.get(marsh.address + "people/").content.decode()
    answer = eddie.send(address(marsh), **ANSWERS)
    assert answer.status_code == 302, answer.content.decode()
    page = eddie.get(answer.url).content.decode()
    assert "The order has run out" in page
    assert page.index("What holds no longer") < page.index("Non-molestation order.")
    assert "Non-molestation order." not in eddie.get(marsh.address).content.decode()


def test_only_the_agency_that_wrote_it_ends_it(marsh, visit, everybody):
    ben = visit(everybody.ben)
    assert address(marsh) not in ben.get(marsh.address + "people/").content.decode()
    assert ben.send(address(marsh), **ANSWERS).status_code == 409
    assert pair().ended_on is None


def test_it_is_ended_once_the_work_has_ended_too(marsh, visit, everybody):
    models.ChildInCase.objects.update(state="closed")
    assert visit(everybody.eddie).send(address(marsh), **ANSWERS).status_code == 302


def test_it_is_not_there_for_a_school_that_signed_nothing(marsh, visit, everybody):
    is_not_there_for(visit(everybody.dev), address(marsh), ANSWERS)


def test_what_has_ended_is_not_ended_again(marsh, visit, everybody):
    where = address(marsh)
    visit(everybody.eddie).send(where, **ANSWERS)
    assert visit(everybody.eddie).send(where, reason="Once more").status_code == 404


def test_a_reason_is_wanted(marsh, visit, everybody):
    comes_back(visit(everybody.eddie), address(marsh), {"reason": ""}, "Say why")


def test_it_takes_no_other_method(marsh, visit, everybody):
    takes_no_other_method(visit(everybody.eddie), address(marsh))
