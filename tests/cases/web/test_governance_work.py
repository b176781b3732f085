"""My work of an information-governance lead, in the order of its urgency, and what a manager sees of it."""

import datetime
import re

import pytest
from django.urls import reverse

from sharing_agreements.actions.warning import warn_of_agreements
from sharing_agreements.models import Agreement
from sharing_agreements.vocabulary import AgreementState, Purpose, Role
from tests import cast
from tests.cases.web.conftest import Visitor
from tests.factories.agreements import found_connection, request_for_sharing

WORK = reverse("cases:my_work")
TITLES = [
    "Emergency access to review",
    "Waiting for your agency&#x27;s signature",
    "Expiring, due for review, or not signed by others",
    "Requests to answer",
    "Connections of staff to answer",
    "Refusals to share",
    "Unusual looks",
]


def heads(page: str) -> list[str]:
    """The headings of the groups that are there, in order."""
    return re.findall(r'<h2 class="govuk-heading-m">(.+?)</h2>', page)


@pytest.fixture
def gita(everybody):
    return Visitor(everybody.gita)


def work(gita) -> str:
    return gita.get(WORK).content.decode()


def wish(everybody, **more):
    """Dev's school asks early help."""
    made = request_for_sharing(everybody.dev, everybody.early_help, **more)
    made.save()
    return made


def test_with_nothing_to_do_it_says_so_and_it_is_the_page_a_lead_comes_in_by(everybody, gita):
    assert "Nothing is waiting for you" in work(gita)
    assert gita.get("/").url == WORK
    assert "Looking after agreements" in work(gita)


def test_everything_that_waits_comes_in_the_order_of_its_urgency(marsh, everybody, gita):
    day = cast.today()
    born = day.replace(year=day.year - 7, day=1)
    said = {"name": "Ada Marsh", "born_day": born.day, "born_month": born.month, "born_year": born.year}
    Visitor(everybody.dev).send(reverse("sharing_agreements:open_emergency"), reason="A child alone at night.", **said)
    Visitor(everybody.esi).get(marsh.address)
    everybody.esi.practitioner.name = "Esi Marsh"
    everybody.esi.practitioner.save()
    soon = day + datetime.timedelta(days=40)
    Agreement.objects.filter(pk=everybody.triage.pk).update(ends_on=soon)
    warn_of_agreements(today=day)
    proposed = cast.agreement(everybody.police, purposes=[Purpose.TRIAGE], clauses=[], state=AgreementState.PROPOSED)
    proposed.parties.create(agency=everybody.early_help)
    Agreement.objects.filter(pk=proposed.pk).update(title="A new one")
    wish(everybody)
    found_connection(everybody.ben, everybody.eddie)
    refused = {"answer": "Their consent is needed first.", "answered_by": everybody.gita.practitioner}
    wish(everybody, state="refused", answered_at=datetime.datetime.now(datetime.UTC), **refused)
    page = work(gita)
    assert heads(page) == TITLES
    assert "It expires at the end of" in page
    assert "it is open now" in page and "A new one" in page and "MASH triage agreement" in page
    assert page.count("May know somebody in a record") == 1 and "Ben" not in page
    assert "Their consent is needed first." in page and "Marsh" not in page.replace("Esi Marsh", "")


def test_what_is_done_is_gone(marsh, everybody, gita):
    made = wish(everybody)
    assert heads(work(gita)) == ["Requests to answer"]
    gita.send(
        reverse("sharing_agreements:answer_agreement_request", args=[made.pk]),
        state="drafting",
        answer="Yes.",
        version=1,
    )
    assert heads(work(gita)) == []


def test_another_agencys_lead_sees_none_of_it(marsh, everybody, gita):
    wish(everybody)
    elsewhere = Visitor(cast.post("Gwen", everybody.police, Role.GOVERNANCE_LEAD))
    assert "Nothing is waiting for you" in work(elsewhere)


@pytest.mark.parametrize("days_late", [7, 8])
def test_a_manager_reads_on_their_work_what_climbed_to_them_and_answers_for_their_people(everybody, days_late):
    wish(everybody, due_on=cast.today() - datetime.timedelta(days=days_late))
    request_for_sharing(everybody.esi, everybody.police).save()
    found_connection(everybody.ben, everybody.eddie, everybody.esi)
    esi = Visitor(everybody.esi)
    page = esi.get(WORK).content.decode()
    climbed = ["Requests for sharing that nobody answered"] if days_late == 8 else []
    assert heads(page) == [*climbed, "Connections of staff to answer"]
    assert page.count("Asked by") == len(climbed)
    assert page.count("May know somebody in a record") == 1
    for title in heads(page):
        where = re.search(rf'{title}</h2>.*?href="([^"]+)"', page, re.DOTALL)
        assert esi.get(where[1]).status_code == 200
