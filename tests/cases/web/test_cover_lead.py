"""Somebody stands in for the lead between two dates."""

from cases import models
from sharing_agreements.models import Post
from tests.cases.web.checks import boxes, comes_back, is_not_there_for, soon, takes_no_other_method


def amira(marsh):
    return Post.objects.select_related("agency", "practitioner").get(practitioner__name="Amira")


def address(marsh):
    return f"{marsh.address}lead/cover/?agency={amira(marsh).agency_id}"


def answers(marsh, **more):
    return (
        {"who": str(amira(marsh).pk), "reason": "On leave"}
        | boxes("starts_on", soon())
        | boxes("ends_on", soon())
        | more
    )


def test_cover_has_a_first_and_a_last_day(marsh, visit, everybody):
    answer = visit(everybody.eddie).send(address(marsh), **answers(marsh))
    assert answer.status_code == 302, answer.content.decode()
    assert models.Cover.objects.get().practitioner == everybody.amira.practitioner


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
        visit(everybody.eddie),
        address(marsh),
        answers(marsh, **{"ends_on_year": "1999"}),
        "must be today or in the future",
    )
    assert "On leave" in page


def test_it_takes_no_other_method(marsh, visit, everybody):
    takes_no_other_method(visit(everybody.eddie), address(marsh))
