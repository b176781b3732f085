"""Say what became of a step up: the sender, or social care itself."""

import pytest

from cases import models
from sharing_agreements.vocabulary import AgencyType, Role
from tests import cast
from tests.cases.web.checks import comes_back, takes_no_other_method

RECEIVED = {"result": "received", "named_person": "J. Moss", "their_reference": "SC-9", "reason": ""}
REFUSED = {"result": "not_accepted", "named_person": "", "their_reference": "", "reason": "Below their threshold"}


@pytest.fixture
def sunil(everybody):
    return cast.post("Sunil", cast.agency("Marlbeck Children", AgencyType.SOCIAL_CARE), Role.MANAGER)


@pytest.fixture
def address(marsh, visit, everybody, sunil):
    given = {"people": [str(marsh.ada.pk)], "to": str(sunil.agency_id), "reason": "Bruises", "handover": "What we know"}
    visit(everybody.eddie).send(f"{marsh.address}step-up/", **given)
    return f"/families/step-ups/{models.StepUp.objects.get().pk}/answer/"


def test_the_sender_finds_it_in_my_work_and_on_the_familys_page_until_receipt(address, marsh, visit, everybody):
    eddie = visit(everybody.eddie)
    for page in ("/families/my-work/", marsh.address):
        assert address in eddie.get(page).content.decode(), page
    assert eddie.send(address, **RECEIVED).status_code == 302
    assert models.ChildInCase.objects.get(person=marsh.ada).state == "stepped_up"
    for page in ("/families/my-work/", "/families/step-ups/"):
        assert address not in eddie.get(page).content.decode(), page


def test_social_care_finds_it_in_my_work_reads_the_handover_and_confirms(address, marsh, visit, sunil):
    assert address in visit(sunil).get("/families/my-work/").content.decode()
    assert "What we know" in visit(sunil).get(address).content.decode()
    assert visit(sunil).send(address, **RECEIVED).status_code == 302
    assert models.ChildInCase.objects.get(person=marsh.ada).state == "stepped_up"


def test_a_refusal_comes_back_to_the_sender_with_its_reason(address, marsh, visit, everybody, sunil):
    assert visit(sunil).send(address, **REFUSED).status_code == 302
    assert "Below their threshold" in visit(everybody.eddie).get("/families/my-work/").content.decode()
    assert models.ChildInCase.objects.get(person=marsh.ada).state == "plan_active"


WITHDRAWN = {"result": "withdrawn", "named_person": "", "their_reference": "", "reason": "We go on with the plan"}


def test_a_refused_one_is_taken_back_and_the_case_carries_on(address, marsh, visit, everybody, sunil):
    visit(sunil).send(address, **REFUSED)
    eddie = visit(everybody.eddie)
    assert "take it back" in eddie.get(address).content.decode()
    comes_back(eddie, address, WITHDRAWN | {"reason": ""}, "Enter why")
    assert eddie.send(address, **WITHDRAWN).status_code == 302
    assert models.ChildInCase.objects.get(person=marsh.ada).state == "plan_active"
    for page in ("/families/my-work/", "/families/step-ups/", marsh.address):
        assert address not in eddie.get(page).content.decode(), page
    assert "We go on with the plan" in eddie.get(f"{marsh.address}chronology/").content.decode()
    assert visit(sunil).send(address, **RECEIVED).status_code == 409


def test_what_social_care_has_not_refused_is_not_taken_back(address, visit, everybody):
    eddie = visit(everybody.eddie)
    assert "take it back" not in eddie.get(address).content.decode()
    assert eddie.send(address, **WITHDRAWN).status_code == 422


def test_social_care_does_not_take_back_what_was_sent_to_them(address, visit, sunil):
    visit(sunil).send(address, **REFUSED)
    assert visit(sunil).send(address, **WITHDRAWN).status_code == 422


def test_it_is_not_there_for_a_school_that_signed_nothing(address, visit, everybody):
    assert visit(everybody.dev).get(address).status_code == 404
    assert visit(everybody.dev).send(address, **RECEIVED).status_code == 404


def test_a_team_member_of_another_agency_may_not_confirm(address, visit, everybody):
    assert visit(everybody.ben).send(address, **RECEIVED).status_code in {404, 409}


def test_receipt_needs_a_name_and_a_reference(address, visit, everybody):
    wrong = RECEIVED | {"their_reference": ""}
    assert "J. Moss" in comes_back(visit(everybody.eddie), address, wrong, "Enter their reference")


def test_it_takes_no_other_method(address, visit, everybody):
    takes_no_other_method(visit(everybody.eddie), address)
