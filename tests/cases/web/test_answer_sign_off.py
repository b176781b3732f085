"""A manager agrees, or says why not; then the closing goes through."""

from cases import models
from tests.cases.web.checks import comes_back, is_not_there_for, takes_no_other_method


def asked(marsh, visit, everybody):
    """Eddie asks for a sign-off; gives where it is answered."""
    visit(everybody.eddie).send(marsh.address + "sign-offs/ask/", to_state="closed", reason="Kate says no more")
    return f"{marsh.address}sign-offs/{models.SignOff.objects.get().pk}/answer/"


def test_a_yes_lets_the_lead_close_a_family_that_declined(marsh, visit, everybody):
    assert visit(everybody.esi).send(asked(marsh, visit, everybody), accepted="yes").status_code == 302
    said = {"people": [str(marsh.joe.pk)], "reason": "declined", "summary": "Kate wants no more help"}
    assert visit(everybody.eddie).send(marsh.address + "close/", **said).status_code == 302
    assert models.ChildInCase.objects.get(person=marsh.joe).state == "closed"


def test_a_no_has_a_reason(marsh, visit, everybody):
    comes_back(visit(everybody.esi), asked(marsh, visit, everybody), {"accepted": "no", "reason": ""}, "Say why")


def test_whoever_asked_does_not_answer(marsh, visit, everybody):
    address = asked(marsh, visit, everybody)
    assert visit(everybody.eddie).get(address).status_code == 409
    is_not_there_for(visit(everybody.dev), address, {"accepted": "yes"})


def test_it_takes_no_other_method(marsh, visit, everybody):
    takes_no_other_method(visit(everybody.esi), asked(marsh, visit, everybody))
