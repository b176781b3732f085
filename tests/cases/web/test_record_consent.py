"""Record what one person said about receiving help."""

from cases import models
from tests.cases.web.checks import comes_back, is_not_there_for, takes_no_other_method


def address(marsh):
    return f"{marsh.address}consent/record/"


def answers(marsh, **more):
    return {"person": str(marsh.kate.pk), "state": "agreed", "told_by": "Kate, at home"} | more


def test_what_kate_said_is_kept(marsh, visit, everybody):
    answer = visit(everybody.ben).send(address(marsh), **answers(marsh))
    assert answer.status_code == 302, answer.content.decode()
    assert models.ConsentToHelp.objects.get(person=marsh.kate).state == "agreed"


def test_it_is_not_there_for_a_school_that_signed_nothing(marsh, visit, everybody):
    is_not_there_for(visit(everybody.dev), address(marsh), answers(marsh))


def test_it_is_not_done_once_the_work_has_ended(marsh, visit, everybody):
    models.ChildInCase.objects.update(state="closed")
    assert visit(everybody.ben).send(address(marsh), **answers(marsh)).status_code == 409


def test_nothing_typed_is_lost_when_an_answer_is_missing(marsh, visit, everybody):
    page = comes_back(
        visit(everybody.ben), address(marsh), answers(marsh, **{"state": "partly"}), "Say why, or which part"
    )
    assert "Kate, at home" in page


def test_it_takes_no_other_method(marsh, visit, everybody):
    takes_no_other_method(visit(everybody.ben), address(marsh))


def test_what_a_withdrawal_stops_is_shown_before_it_is_recorded(marsh, visit, everybody):
    eddie, said = visit(everybody.eddie), answers(marsh, state="withdrawn")
    shown = eddie.send(address(marsh), **said)
    page = shown.content.decode()
    assert shown.status_code == 200
    assert "Their agreement to sharing ends." in page
    assert 'name="told_by" value="Kate, at home"' in page
    assert not models.ConsentToHelp.objects.filter(person=marsh.kate).exists()
    assert eddie.send(address(marsh), **said, confirmed="yes").status_code == 302
    assert models.ConsentToHelp.objects.get(person=marsh.kate).state == "withdrawn"
    changed = eddie.send(address(marsh), **answers(marsh, state="agreed")).content.decode()
    assert "Before it is recorded" in changed
