"""Why a page can be seen, and what a practitioner can see, as its reader finds it."""

import re
import uuid

import pytest
from django.urls import reverse

from sharing_agreements.models import Disclosure
from sharing_agreements.vocabulary import Role
from tests import cast
from tests.cases.web import story
from tests.cases.web.conftest import Visitor

pytestmark = pytest.mark.django_db


@pytest.fixture
def everybody():
    return cast.assemble()


@pytest.fixture
def marsh(everybody):
    return story.marshes(everybody)


def test_every_page_with_records_says_why_its_reader_can_see_them(everybody, marsh):
    ben = Visitor(everybody.ben)
    page = ben.get(marsh.address).content.decode()
    link = re.search(r'href="(/why/[0-9a-f-]+/)"', page)
    assert link
    why = ben.get(link[1]).content.decode()
    assert "Marlbeck Early Help recorded it, and an agreement shares it" in why
    assert "Team around the family agreement" in why
    assert "signed 1 January 2020, until 31 December 2099" in why
    assert "Marsh" not in why


def test_a_page_of_somebody_else_or_of_another_post_is_not_explained(everybody, marsh):
    Visitor(everybody.ben).get(marsh.address)
    look = Disclosure.objects.latest("at").pk
    for reader in (everybody.eddie, everybody.dev):
        assert Visitor(reader).get(reverse("sharing_agreements:explain_page", args=[look])).status_code == 404
    nowhere = reverse("sharing_agreements:explain_page", args=[uuid.uuid4()])
    assert Visitor(everybody.ben).get(nowhere).status_code == 404


def test_a_page_without_records_and_a_refusal_offer_no_explanation(everybody, marsh):
    dev = Visitor(everybody.dev)
    for address in (reverse("sharing_agreements:agreements"), marsh.address):
        assert "/why/" not in dev.get(address).content.decode()


def reach_of(post) -> str:
    return reverse("sharing_agreements:show_reach", args=[post.practitioner_id])


def test_a_governance_lead_reads_what_a_practitioner_can_see_in_numbers(everybody, marsh):
    gita = Visitor(everybody.gita)
    assert "Eddie" in gita.get(reverse("sharing_agreements:list_practitioners")).content.decode()
    page = gita.get(reach_of(everybody.eddie)).content.decode()
    assert "Lead practitioner, Marlbeck Early Help" in page
    assert "They recorded it" in page
    assert "Marlbeck Community Health shares it" in page
    assert "Team around the family agreement" in page
    for word in ("Marsh", "Ada", "routines"):
        assert word not in page


@pytest.mark.parametrize("name", ["esi", "eddie", "hana", "dev"])
def test_nobody_else_asks_what_a_practitioner_can_see(everybody, name):
    reader = Visitor(getattr(everybody, name))
    assert reader.get(reach_of(everybody.eddie)).status_code == 404
    assert reader.get(reverse("sharing_agreements:list_practitioners")).status_code == 404


def test_a_governance_lead_asks_of_the_own_agency_only(everybody):
    gus = Visitor(cast.post("Gus", everybody.police, Role.GOVERNANCE_LEAD))
    assert gus.get(reach_of(everybody.cleo)).status_code == 200
    assert gus.get(reach_of(everybody.eddie)).status_code == 404
