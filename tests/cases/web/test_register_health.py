"""Somebody is looked after by a health service."""

from cases import models
from sharing_agreements.models import PersonFacts
from tests import cast
from tests.cases.web.checks import boxes, comes_back, is_not_there_for, takes_no_other_method


def address(marsh, person=None):
    return f"{marsh.address}people/{(person or marsh.joe).pk}/health/register/"


def answers(everybody, **more):
    return {"what": "health visitor", "service": str(everybody.health.pk)} | more


def test_the_family_page_says_who_looks_after_a_child(marsh, visit, everybody):
    eddie = visit(everybody.eddie)
    answer = eddie.send(address(marsh), **answers(everybody))
    assert answer.status_code == 302, answer.content.decode()
    assert "Health visitor: Marlbeck Community Health" in eddie.get(marsh.address).content.decode()
    assert everybody.health.no in PersonFacts.objects.get(person=marsh.joe).involved


def test_whoever_is_replaced_is_said_to_be_before(marsh, visit, everybody):
    eddie = visit(everybody.eddie)
    eddie.send(address(marsh), **answers(everybody, service="", name="Dr Osei", what="family doctor"))
    before = models.HealthContact.objects.get()
    models.HealthContact.objects.update(from_date=cast.today().replace(year=cast.today().year - 1, day=1))
    sent = answers(everybody, service="", name="Dr Lund", what="family doctor", replaces=str(before.pk))
    answer = eddie.send(address(marsh), **sent, **boxes("from_date", cast.today()))
    assert answer.status_code == 302, answer.content.decode()
    assert "Family doctor: Dr Lund, since" in eddie.get(marsh.address).content.decode()
    assert "Before: Family doctor: Dr Osei" in eddie.get(answer.url).content.decode()


def test_a_service_with_another_part_still_is_not_shut_out(marsh, visit, everybody):
    eddie = visit(everybody.eddie)
    for what in ("health visitor", "speech therapist"):
        eddie.send(address(marsh), **answers(everybody, what=what, replaces="no"))
    models.HealthContact.objects.update(from_date=cast.today().replace(year=cast.today().year - 1, day=1))
    first = models.HealthContact.objects.get(what="health visitor")
    eddie.send(address(marsh), **answers(everybody, service="", name="Ann Poe", replaces=str(first.pk)))
    assert models.HealthContact.objects.get(pk=first.pk).to_date is not None
    assert everybody.health.no in PersonFacts.objects.get(person=marsh.joe).involved


def test_an_adult_has_a_health_contact_too(marsh, visit, everybody):
    assert visit(everybody.eddie).send(address(marsh, marsh.kate), **answers(everybody)).status_code == 302


def test_it_is_not_there_for_a_school_that_signed_nothing(marsh, visit, everybody):
    is_not_there_for(visit(everybody.dev), address(marsh), answers(everybody))


def test_it_is_not_done_once_the_work_has_ended(marsh, visit, everybody):
    models.ChildInCase.objects.update(state="closed")
    assert visit(everybody.eddie).send(address(marsh), **answers(everybody)).status_code == 409


def test_nothing_typed_is_lost_when_an_answer_is_missing(marsh, visit, everybody):
    sent = answers(everybody, service="", name="")
    page = comes_back(visit(everybody.eddie), address(marsh), sent, "Choose from the list, or write the name below it")
    assert "health visitor" in page


def test_it_takes_no_other_method(marsh, visit, everybody):
    takes_no_other_method(visit(everybody.eddie), address(marsh))
