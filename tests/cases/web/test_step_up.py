"""Hand children to social care."""

from cases import models
from sharing_agreements.models import Agency
from sharing_agreements.vocabulary import AgencyType
from tests import cast
from tests.cases.web.checks import comes_back, is_not_there_for, takes_no_other_method


def social_care():
    found = Agency.objects.filter(type=AgencyType.SOCIAL_CARE).first()
    return found or cast.agency("Marlbeck Children", AgencyType.SOCIAL_CARE)


def address(marsh):
    return f"{marsh.address}step-up/"


def answers(marsh, **more):
    return {
        "people": [str(marsh.ada.pk)],
        "to": str(social_care().pk),
        "reason": "Bruises",
        "handover": "What we know",
    } | more


def test_it_is_pending_until_receipt_is_confirmed(marsh, visit, everybody):
    answer = visit(everybody.eddie).send(address(marsh), **answers(marsh))
    assert answer.status_code == 302, answer.content.decode()
    assert models.StepUp.objects.get(person=marsh.ada).sent_to == social_care()
    assert models.ChildInCase.objects.get(person=marsh.ada).state == "plan_active"


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
        visit(everybody.eddie), address(marsh), answers(marsh, **{"handover": ""}), "Enter what they must know"
    )
    assert "Bruises" in page


def test_it_takes_no_other_method(marsh, visit, everybody):
    takes_no_other_method(visit(everybody.eddie), address(marsh))
