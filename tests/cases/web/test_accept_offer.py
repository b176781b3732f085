"""The family says yes or no to the offer."""

from cases.vocabulary import CaseState
from tests.cases.web.checks import comes_back, is_not_there_for, takes_no_other_method
from tests.factories import cases as factory


def offered(everybody):
    """The hub offered help; Esi's service makes the offer."""
    home = factory.offered(everybody)
    return home, f"/families/{home.family.pk}/", {"people": [str(child) for child in home.children]}


def test_a_yes_needs_consent_first_and_then_waits_for_a_lead(visit, everybody):
    home, address, said = offered(everybody)
    esi = visit(everybody.esi)
    comes_back(esi, address + "offer/accept/", said, "Record first what the family said")
    consent = {"person": str(home.children[0]), "state": "agreed"}
    assert esi.send(address + "consent/record/", **consent).status_code == 302
    assert esi.send(address + "offer/accept/", **said).status_code == 302
    assert home.child().state == CaseState.WAITING
    assert "No lead practitioner" in esi.get("/families/my-work/").content.decode()


def test_a_no_is_signed_by_a_manager_with_a_reason(visit, everybody):
    home, address, said = offered(everybody)
    esi = visit(everybody.esi)
    comes_back(esi, address + "offer/decline/", said, "Enter why")
    assert esi.send(address + "offer/decline/", **said, reason="They want no help").status_code == 302
    assert home.child().state == CaseState.DECLINED


def test_it_is_not_there_for_a_school_that_signed_nothing(visit, everybody):
    _, address, said = offered(everybody)
    is_not_there_for(visit(everybody.dev), address + "offer/accept/", said)


def test_it_takes_no_other_method(visit, everybody):
    takes_no_other_method(visit(everybody.esi), offered(everybody)[1] + "offer/accept/")
