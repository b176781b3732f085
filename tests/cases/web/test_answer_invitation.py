"""Say whether you will join the team; leave it again."""

from cases import models
from cases.actions import team
from sharing_agreements.vocabulary import Purpose
from tests.cases.web.checks import comes_back, is_not_there_for, takes_no_other_method
from tests.conftest import as_web
from tests.factories import cases as factory


def invited(marsh, everybody):
    """Eddie invites Amira."""
    with as_web(everybody.eddie, Purpose.EARLY_HELP):
        place = team.invite(
            case=marsh.case,
            practitioner=everybody.amira.practitioner,
            agency=everybody.amira.agency,
            part="mornings",
            by=everybody.eddie,
            now=factory.now(),
        )
    return f"{marsh.address}team/{place.pk}/"


def test_a_yes_joins_the_team_and_an_end_closes_the_family(marsh, visit, everybody):
    address = invited(marsh, everybody)
    amira = visit(everybody.amira)
    assert "You are invited into the team: mornings" in amira.get("/families/my-work/").content.decode()
    assert amira.send(address + "answer/", accepted="yes").url == marsh.address
    assert amira.get(marsh.address).status_code == 200
    assert visit(everybody.eddie).send(address + "end/").url == marsh.address + "team/"
    assert amira.get(marsh.address).status_code == 404


def test_a_no_has_a_reason_and_ends_sight_of_the_family(marsh, visit, everybody):
    address = invited(marsh, everybody) + "answer/"
    amira = visit(everybody.amira)
    comes_back(amira, address, {"accepted": "no", "reason": ""}, "Say why")
    assert amira.send(address, accepted="no", reason="Too many already").status_code == 302
    assert models.Answer.objects.get(team_member__practitioner=everybody.amira.practitioner).accepted is False
    assert amira.get(marsh.address).status_code == 404


def test_it_is_not_there_for_a_school_that_signed_nothing(marsh, visit, everybody):
    is_not_there_for(visit(everybody.dev), invited(marsh, everybody) + "answer/", {"accepted": "yes"})


def test_nobody_answers_for_somebody_else(marsh, visit, everybody):
    address = invited(marsh, everybody) + "answer/"
    assert visit(everybody.eddie).send(address, accepted="yes").status_code == 409


def test_it_takes_no_other_method(marsh, visit, everybody):
    takes_no_other_method(visit(everybody.amira), invited(marsh, everybody) + "answer/")
