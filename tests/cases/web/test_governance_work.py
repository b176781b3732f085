"""My work of an information-governance lead: emergency access, signatures, dates, requests, refusals, unusual looks."""

import datetime
import re

import pytest
from django.urls import reverse

from sharing_agreements.actions.warning import warn_of_agreements
from sharing_agreements.models import Agreement, AgreementRequest
from sharing_agreements.vocabulary import AgreementState, Kind, Level, Purpose, Role
from tests import cast
from tests.cases.web.conftest import Visitor

WORK = reverse("cases:my_work")
TITLES = [
    "Emergency access to review",
    "Waiting for your agency&#x27;s signature",
    "Expiring, due for review, or not signed by others",
    "Requests to answer",
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
    told = {"agency": everybody.oak_green, "asked": everybody.early_help, "asked_by": everybody.dev.practitioner}
    told |= {
        "role": Role.TEAM_MEMBER,
        "kind": Kind.HEALTH,
        "level": Level.SUMMARY,
        "why": "Asthma",
        "missing": "-",
        "due_on": cast.today(),
    }
    return AgreementRequest.objects.create(**told | {"asked_at": cast.SIGNED_AT, **more})


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
    refused = {"answer": "Their consent is needed first.", "answered_by": everybody.gita.practitioner}
    wish(everybody, state="refused", answered_at=datetime.datetime.now(datetime.UTC), **refused)
    page = work(gita)
    assert heads(page) == TITLES
    assert "It expires at the end of" in page
    assert "it is open now" in page and "A new one" in page and "MASH triage agreement" in page
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
