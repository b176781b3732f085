"""Record whether somebody agrees to sharing, apart from receiving help."""

from cases import models
from sharing_agreements.models import SharingConsent
from tests.cases.web.checks import boxes, comes_back, is_not_there_for, soon, takes_no_other_method


def address(marsh):
    return f"{marsh.address}sharing/record/"


def answers(marsh, **more):
    return {"person": str(marsh.kate.pk), "agrees": "yes"} | boxes("until", soon()) | more


def test_agreement_to_sharing_lasts_until_a_day(marsh, visit, everybody):
    answer = visit(everybody.eddie).send(address(marsh), **answers(marsh))
    assert answer.status_code == 302, answer.content.decode()
    assert SharingConsent.objects.get(person=marsh.kate).until == soon()


def test_it_is_not_there_for_a_school_that_signed_nothing(marsh, visit, everybody):
    is_not_there_for(visit(everybody.dev), address(marsh), answers(marsh))


def test_it_is_not_done_once_the_work_has_ended(marsh, visit, everybody):
    models.ChildInCase.objects.update(state="closed")
    assert visit(everybody.eddie).send(address(marsh), **answers(marsh)).status_code == 409


def test_nothing_typed_is_lost_when_an_answer_is_missing(marsh, visit, everybody):
    page = comes_back(
        visit(everybody.eddie),
        address(marsh),
        answers(marsh, **{"until_day": "", "until_month": "", "until_year": ""}),
        "Enter the last day",
    )
    assert "Kate Marsh" in page


def test_it_takes_no_other_method(marsh, visit, everybody):
    takes_no_other_method(visit(everybody.eddie), address(marsh))


def test_what_a_no_stops_is_shown_before_it_is_recorded(marsh, visit, everybody):
    assert visit(everybody.eddie).send(address(marsh), **answers(marsh)).status_code == 302
    eddie, said = visit(everybody.eddie), {"person": str(marsh.kate.pk), "agrees": "no"}
    shown = eddie.send(address(marsh), **said)
    page = shown.content.decode()
    assert shown.status_code == 200
    assert "Nothing is recorded yet" in page
    assert "What stops at once" in page
    assert SharingConsent.objects.filter(person=marsh.kate, until=None).count() == 0
    assert eddie.send(address(marsh), **said, confirmed="yes").status_code == 302
    assert SharingConsent.objects.filter(person=marsh.kate, until=None).count() == 1
