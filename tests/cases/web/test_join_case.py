"""A child who is born, or moves in, joins a case that runs already."""

import datetime

from cases import models
from sharing_agreements.models import PersonFacts
from tests import cast
from tests.cases.web import story
from tests.cases.web.checks import boxes, comes_back, is_not_there_for, takes_no_other_method


def address(marsh):
    return f"{marsh.address}children/join/"


def answers(child, **more):
    return {"person": str(child), "reason": "Born last week", "level": "2", "agreed": "yes"} | more


def born(marsh, visit, by):
    """A lead adds a newborn to the family; gives the child and where the lead is sent next."""
    week_ago = cast.today() - datetime.timedelta(days=7)
    sent = {"given_name": "Mia", "family_name": "Marsh", "part": "child"} | boxes("born", week_ago)
    answer = visit(by).send(f"{marsh.address}people/add/", **sent)
    assert answer.status_code == 302, answer.content.decode()
    return models.FamilyMember.objects.order_by("-recorded_at").first().person_id, answer.url


def test_a_lead_brings_in_a_newborn_and_the_team_sees_the_child(marsh, visit, everybody):
    mia, onward = born(marsh, visit, everybody.eddie)
    assert onward == address(marsh)
    answer = visit(everybody.eddie).send(onward, **answers(mia))
    assert answer.status_code == 302, answer.content.decode()
    assert models.ChildInCase.objects.get(person=mia).state == "waiting"
    assert PersonFacts.objects.get(person=mia).lead_no == everybody.eddie.practitioner.no
    assert "Mia Marsh" in visit(everybody.ben).get(marsh.address).content.decode()


def test_a_child_others_know_is_brought_in_by_a_manager_and_not_by_the_lead(marsh, visit, everybody):
    kit = story.person(everybody.ben, "Kit", "Marsh", None)
    models.FamilyMember.objects.create(
        **story.written(everybody.eddie, family=marsh.family, person=kit), part="other_child"
    )
    comes_back(visit(everybody.eddie), address(marsh), answers(kit.pk), "Others know this child already")
    assert not models.ChildInCase.objects.filter(person=kit).exists()
    answer = visit(everybody.esi).send(address(marsh), **answers(kit.pk, agreed="no"))
    assert answer.status_code == 302, answer.content.decode()
    assert models.ChildInCase.objects.get(person=kit).state == "offered"


def test_the_page_says_so_when_every_child_is_in_the_case(marsh, visit, everybody):
    assert "Every child of this family is in the case" in visit(everybody.eddie).get(address(marsh)).content.decode()


def test_it_is_not_for_the_team_to_do(marsh, visit, everybody):
    assert visit(everybody.ben).send(address(marsh), **answers(marsh.ada.pk)).status_code == 409


def test_it_is_not_there_for_a_school_that_signed_nothing(marsh, visit, everybody):
    is_not_there_for(visit(everybody.dev), address(marsh), answers(marsh.ada.pk))


def test_it_is_not_done_once_the_work_has_ended(marsh, visit, everybody):
    models.ChildInCase.objects.update(state="closed")
    assert visit(everybody.eddie).send(address(marsh), **answers(marsh.ada.pk)).status_code == 409


def test_nothing_typed_is_lost_when_an_answer_is_missing(marsh, visit, everybody):
    mia, _ = born(marsh, visit, everybody.eddie)
    page = comes_back(visit(everybody.eddie), address(marsh), answers(mia, level=""), "Select level of need")
    assert "Born last week" in page


def test_it_takes_no_other_method(marsh, visit, everybody):
    takes_no_other_method(visit(everybody.eddie), address(marsh))
