"""A child starts at a school."""

from cases import models
from sharing_agreements.models import PersonFacts
from tests import cast
from tests.cases.web.checks import boxes, comes_back, is_not_there_for, takes_no_other_method


def address(marsh, child=None):
    return f"{marsh.address}people/{(child or marsh.ada).pk}/school/move/"


def answers(everybody, **more):
    return {"school": str(everybody.oak_green.pk)} | boxes("from_date", cast.today()) | more


def test_the_family_page_says_the_school_of_today_and_the_people_page_the_one_before(marsh, visit, everybody):
    eddie = visit(everybody.eddie)
    answer = eddie.send(address(marsh), **answers(everybody))
    assert answer.status_code == 302, answer.content.decode()
    family = eddie.get(marsh.address).content.decode()
    assert "Oak Green Primary, since" in family
    assert "Quarry Hill Primary" not in family
    assert (
        f"Before: Quarry Hill Primary, until {cast.yesterday().day} {cast.yesterday():%B}"
        in eddie.get(answer.url).content.decode()
    )
    assert everybody.oak_green.no in PersonFacts.objects.get(person=marsh.ada).involved


def test_a_school_that_is_no_agency_is_written_out(marsh, visit, everybody):
    sent = answers(everybody, school="", name="Taught at home")
    assert visit(everybody.eddie).send(address(marsh), **sent).status_code == 302
    assert models.SchoolPlace.objects.get(to_date=None).name == "Taught at home"


def test_a_place_does_not_end_before_it_began(marsh, visit, everybody):
    visit(everybody.eddie).send(address(marsh), **answers(everybody))
    early = answers(everybody, name="Brook", school="") | boxes("from_date", cast.yesterday())
    comes_back(visit(everybody.eddie), address(marsh), early, "Give a later first day")


def test_it_is_for_children(marsh, visit, everybody):
    assert visit(everybody.eddie).get(address(marsh, marsh.kate)).status_code == 404


def test_it_is_not_there_for_a_school_that_signed_nothing(marsh, visit, everybody):
    is_not_there_for(visit(everybody.dev), address(marsh), answers(everybody))


def test_it_is_not_done_once_the_work_has_ended(marsh, visit, everybody):
    models.ChildInCase.objects.update(state="closed")
    assert visit(everybody.eddie).send(address(marsh), **answers(everybody)).status_code == 409


def test_nothing_typed_is_lost_when_an_answer_is_missing(marsh, visit, everybody):
    sent = answers(everybody, school="", from_date_year="1999")
    page = comes_back(visit(everybody.eddie), address(marsh), sent, "Choose from the list, or write the name below it")
    assert "1999" in page


def test_it_takes_no_other_method(marsh, visit, everybody):
    takes_no_other_method(visit(everybody.eddie), address(marsh))
