"""Say whether you will lead: from being asked to the page of a family that is now yours."""

from django.urls import reverse

from cases import models, queries
from cases.actions import leading
from sharing_agreements.vocabulary import Purpose
from tests.cases.web.checks import comes_back, is_not_there_for, takes_no_other_method
from tests.conftest import as_web
from tests.factories import cases as factory


def asked(everybody):
    """Esi asked Amira to lead a family that waits."""
    home = factory.waiting(everybody)
    with as_web(everybody.esi, Purpose.EARLY_HELP):
        leading.ask_lead(
            case=home.case,
            practitioner=everybody.amira.practitioner,
            agency=everybody.amira.agency,
            by=everybody.esi,
            now=factory.now(),
            message="You know them from school.",
        )
    return home, reverse("cases:answer_lead", kwargs={"family": home.family.pk})


def test_a_yes_makes_her_lead_and_assessing_begins(visit, everybody):
    home, address = asked(everybody)
    amira = visit(everybody.amira)
    assert "Waiting for your answer" in amira.get("/families/my-work/").content.decode()
    assert "You know them from school." in amira.get(address).content.decode()
    answer = amira.send(address, accepted="yes")
    assert answer.url == f"/families/{home.family.pk}/"
    assert home.child().state == "assessing"
    assert queries.current_lead(home.case) == everybody.amira.practitioner
    assert "Lead practitioner" in amira.get(answer.url).content.decode()


def test_a_no_has_a_reason_and_ends_sight_of_the_family(visit, everybody):
    home, address = asked(everybody)
    amira = visit(everybody.amira)
    comes_back(amira, address, {"accepted": "no", "reason": ""}, "Say why")
    answer = amira.send(address, accepted="no", reason="I teach Child 1's cousin")
    assert answer.status_code == 302
    assert models.Answer.objects.get(assignment__isnull=False).reason == "I teach Child 1's cousin"
    assert amira.get(f"/families/{home.family.pk}/").status_code == 404


def test_it_is_not_there_for_anybody_else(visit, everybody):
    _, address = asked(everybody)
    is_not_there_for(visit(everybody.dev), address, {"accepted": "yes"})
    assert visit(everybody.esi).get(address).status_code == 404


def test_it_is_answered_once(visit, everybody):
    _, address = asked(everybody)
    amira = visit(everybody.amira)
    amira.send(address, accepted="yes")
    assert amira.send(address, accepted="yes").status_code == 409


def test_it_takes_no_other_method(visit, everybody):
    takes_no_other_method(visit(everybody.amira), asked(everybody)[1])
