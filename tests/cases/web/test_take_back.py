"""Somebody was asked to lead and does not answer: the question is taken back and somebody else can be asked."""

import pytest

from cases.models import LeadAssignment
from tests import cast
from tests.cases.web.checks import is_not_there_for, takes_no_other_method
from tests.factories import cases as factory


@pytest.fixture
def home(everybody, visit):
    """A family waiting for a lead, where Esi asked Amira."""
    home = factory.waiting(everybody)
    amira = {"who": str(everybody.amira.pk), "message": "", "handover": ""}
    address = f"/families/{home.family.pk}/lead/assign/?agency={everybody.quarry_hill.pk}"
    assert visit(everybody.esi).send(address, **amira).status_code == 302
    return home


def address(home):
    return f"/families/{home.family.pk}/lead/asked/{LeadAssignment.objects.get().pk}/take-back/"


def test_it_is_taken_back_and_they_see_the_family_no_longer(home, visit, everybody):
    page = f"/families/{home.family.pk}/"
    assert visit(everybody.amira).get(page).status_code == 200
    esi = visit(everybody.esi)
    assert address(home) in esi.get(f"{page}team/").content.decode()
    assert esi.send(address(home)).status_code == 302
    assert visit(everybody.amira).get(page).status_code == 404
    team = esi.get(f"{page}team/").content.decode()
    assert "taken back" in team and address(home) not in team
    assert "nobody is asked to lead" in esi.get("/families/my-work/").content.decode()


def test_it_is_taken_back_once(home, visit, everybody):
    visit(everybody.esi).send(address(home))
    assert visit(everybody.esi).send(address(home)).status_code == 409


def test_what_another_agency_asked_is_theirs_to_take_back(home, visit, everybody):
    LeadAssignment.objects.update(owner=everybody.hub)
    manager = cast.post("Mo", everybody.early_help, "manager")
    assert visit(manager).send(address(home)).status_code in {404, 409}
    assert LeadAssignment.objects.get().ended_at is None


def test_it_is_not_there_for_a_school_that_signed_nothing(home, visit, everybody):
    is_not_there_for(visit(everybody.dev), address(home), {})


def test_it_takes_no_other_method(home, visit, everybody):
    takes_no_other_method(visit(everybody.esi), address(home))
