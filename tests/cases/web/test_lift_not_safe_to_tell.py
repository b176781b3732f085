"""The hub says that it is safe to tell somebody again."""

from cases import models
from sharing_agreements.models import Clause
from sharing_agreements.vocabulary import AgencyType, Kind
from tests.cases.web.checks import comes_back, is_not_there_for, takes_no_other_method

ANSWERS = {"reason": "He has moved away and does not write"}


def address(marsh):
    return f"{marsh.address}not-safe-to-tell/{models.NotSafeToTell.objects.get().pk}/lift/"


def test_the_hub_lifts_it_and_whoever_works_with_the_family_reads_why(marsh, visit, everybody):
    hana = visit(everybody.hana)
    assert address(marsh) in hana.get(marsh.address + "people/").content.decode()
    answer = hana.send(address(marsh), **ANSWERS)
    assert answer.status_code == 302, answer.content.decode()
    for reader in (everybody.hana, everybody.eddie, everybody.ben):
        assert "Not safe to tell" not in visit(reader).get(marsh.address).content.decode()
        assert "He has moved away" in visit(reader).get(marsh.address + "people/").content.decode()


def test_whoever_reads_the_marker_learns_that_it_is_lifted_though_not_the_hubs_reason(marsh, visit, everybody):
    visit(everybody.hana).send(address(marsh), **ANSWERS)
    Clause.objects.filter(provider_type=AgencyType.HUB, kind=Kind.HOUSEHOLD).delete()
    eddie = visit(everybody.eddie)
    page = eddie.get(marsh.address + "people/").content.decode()
    assert "He has moved away" not in page
    assert "Lifted by the hub" in page
    assert "Send and say nothing to them" not in eddie.get(marsh.address).content.decode()


def test_nobody_but_the_hub_lifts_it(marsh, visit, everybody):
    for other in (everybody.eddie, everybody.esi):
        assert address(marsh) not in visit(other).get(marsh.address + "people/").content.decode()
        assert visit(other).send(address(marsh), **ANSWERS).status_code in {403, 404}
    assert not models.LiftedNotSafeToTell.objects.exists()


def test_what_is_lifted_is_not_lifted_again(marsh, visit, everybody):
    visit(everybody.hana).send(address(marsh), **ANSWERS)
    assert visit(everybody.hugo).send(address(marsh), **ANSWERS).status_code == 404


def test_it_is_not_there_for_a_school_that_signed_nothing(marsh, visit, everybody):
    is_not_there_for(visit(everybody.dev), address(marsh), ANSWERS)


def test_a_reason_is_wanted(marsh, visit, everybody):
    comes_back(visit(everybody.hana), address(marsh), {"reason": ""}, "Say why")


def test_it_takes_no_other_method(marsh, visit, everybody):
    takes_no_other_method(visit(everybody.hana), address(marsh))
