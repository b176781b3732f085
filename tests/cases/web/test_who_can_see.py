"""Who can see a family: agencies and roles for the team, names for managers and governance leads."""

import re

import pytest

from cases.models import Note
from sharing_agreements.actions import facts
from sharing_agreements.models import Conflict
from sharing_agreements.vocabulary import AgencyType, InvolvementReason, Kind, Level, Purpose, Role
from tests import cast
from tests.cases.web import story
from tests.cases.web.conftest import Visitor

pytestmark = pytest.mark.django_db


def page_of(post, marsh) -> str:
    answer = Visitor(post).get(marsh.address + "who-can-see/")
    assert answer.status_code == 200
    shown = re.search(r"<main.*</main>", answer.content.decode(), re.DOTALL)
    assert shown
    return re.sub(r"\s+", " ", shown[0])


def test_the_team_reads_agencies_roles_levels_and_clauses_and_no_name(marsh, everybody):
    page = page_of(everybody.ben, marsh)
    assert '<h2 class="govuk-heading-m">Marlbeck Early Help</h2>' in page
    assert "Marlbeck Early Help shares it" in page
    assert "Team around the family agreement" in page
    assert "Manager" in page
    assert not re.search(r"Eddie|Esi\b", page)


def test_a_manager_and_a_governance_lead_read_names(marsh, everybody):
    assert "Lead practitioner: Eddie" in page_of(everybody.esi, marsh)
    own = page_of(everybody.gita, marsh)
    assert "what your agency holds about this family" in own
    assert "Team member: Ben" in own


def test_an_agency_without_a_right_is_not_on_it(marsh, everybody):
    page = page_of(everybody.esi, marsh)
    assert "Oak Green" not in page
    assert "Marlbeck Homes" not in page


def sensitive(everybody, marsh):
    """Turning Tide, in the team by an agreement of its own."""
    tide = cast.agency("Turning Tide", AgencyType.SUBSTANCE_USE, sensitive=True)
    terms = {"recipient_agency": tide, "recipient_roles": [Role.TEAM_MEMBER], "kind": Kind.CASE, "level": Level.SUMMARY}
    cast.agreement(
        tide,
        everybody.early_help,
        purposes=[Purpose.EARLY_HELP],
        title="Tide",
        clauses=[{"provider_agency": everybody.early_help, **terms}],
    )
    post = cast.post("Tess", tide, Role.TEAM_MEMBER)
    story.work([marsh.ada.pk], [marsh.ada.pk], post, InvolvementReason.TEAM)
    return post


def test_a_sensitive_agency_is_named_to_managers_and_governance_leads_only(marsh, everybody):
    sensitive(everybody, marsh)
    assert "Turning Tide" not in page_of(everybody.ben, marsh)
    assert "Turning Tide" not in page_of(everybody.eddie, marsh)
    assert "Turning Tide" in page_of(everybody.esi, marsh)
    assert "Turning Tide" in page_of(everybody.gita, marsh)


def test_the_answer_speaks_of_no_record_that_is_hidden_from_whoever_asks(marsh, everybody):
    before = page_of(everybody.eddie, marsh)
    health = {"family": marsh.family, "person": marsh.ada, "hidden_from": [everybody.early_help.no]}
    Note.objects.create(**story.written(everybody.ben, **health), note_kind="message", headline="Hidden")
    assert page_of(everybody.eddie, marsh) == before


def test_whoever_has_a_conflict_of_interest_is_not_among_the_names(marsh, everybody):
    assert "Ben" in page_of(everybody.gita, marsh)
    for person in (marsh.ada, marsh.joe, marsh.kate, marsh.lee):
        Conflict.objects.create(
            practitioner=everybody.ben.practitioner, person=person, reason="Neighbour", declared_at=cast.SIGNED_AT
        )
    assert "Ben" not in page_of(everybody.gita, marsh)


@pytest.mark.parametrize("name", ["dev", "cleo", "amira"])
def test_whoever_may_not_ask_learns_nothing(marsh, everybody, name):
    assert Visitor(getattr(everybody, name)).get(marsh.address + "who-can-see/").status_code == 404


def test_a_governance_lead_of_an_agency_that_holds_nothing_learns_nothing(marsh, everybody):
    stranger = cast.post("Gus", everybody.housing, Role.GOVERNANCE_LEAD)
    assert Visitor(stranger).get(marsh.address + "who-can-see/").status_code == 404


def test_it_is_linked_from_the_family(marsh, everybody):
    assert f'href="{marsh.address}who-can-see/"' in Visitor(everybody.ben).get(marsh.address).content.decode()


def test_access_that_ended_is_gone_at_once(marsh, everybody):
    assert "Ben" in page_of(everybody.gita, marsh)
    people = [marsh.ada.pk, marsh.joe.pk, marsh.kate.pk, marsh.lee.pk]
    for practitioner in (everybody.ben.practitioner_id, None):
        facts.end_involvement(
            people=people,
            agency=everybody.health.pk,
            practitioner=practitioner,
            reason=InvolvementReason.TEAM,
            last_day=cast.today() - story.DAY,
        )
    assert "Ben" not in page_of(everybody.gita, marsh)
