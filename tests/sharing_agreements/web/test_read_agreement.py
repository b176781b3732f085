"""Reading agreements: what is in force, why not, and each clause as a sentence."""

import datetime
import uuid

import pytest
from django.test import Client
from django.urls import reverse

from sharing_agreements.models import Party
from sharing_agreements.rules import ClauseWords, Signature, sentence, why_not_in_force
from tests import cast
from tests.referrals.typing import sign_in

DAY = datetime.date(2026, 6, 1)
SIGNED = Signature("Police", datetime.date(2026, 1, 1), None)
WAITING = Signature("Marlbeck Homes", None, None)
LEFT = Signature("Old Trust", None, datetime.date(2026, 2, 1))
INVOLVED = "people they are involved with"
CLAUSE = ClauseWords(
    "Kite", ["Team member"], "summary", "Concern report", "every school", INVOLVED, True, ["Early help open"], ""
)


@pytest.mark.parametrize(
    ("state", "starts", "ends", "signatures", "says"),
    [
        ("signed", DAY, DAY, [SIGNED], ""),
        ("signed", DAY, DAY, [SIGNED, LEFT], ""),
        ("signed", DAY, DAY, [SIGNED, WAITING], "waiting for Marlbeck Homes"),
        ("signed", DAY + datetime.timedelta(1), DAY + datetime.timedelta(9), [SIGNED], "has not started"),
        ("signed", DAY - datetime.timedelta(9), DAY - datetime.timedelta(1), [SIGNED], "has expired"),
        ("suspended", DAY, DAY, [SIGNED], "suspended"),
        ("draft", DAY, DAY, [SIGNED, WAITING], "draft"),
        ("proposed", DAY, DAY, [SIGNED, WAITING, LEFT], "proposed, and waiting for Marlbeck Homes to sign"),
    ],
)
def test_why_an_agreement_shares_nothing(state, starts, ends, signatures, says):
    found = why_not_in_force(state=state, starts_on=starts, ends_on=ends, signatures=signatures, on=DAY)
    assert (says in found) if says else found == ""


def test_a_clause_reads_as_one_sentence():
    assert sentence(CLAUSE) == (
        "Kite (team member) may see the summary of records of this kind: concern report, from every school, about "
        "people they are involved with; while the person agrees to the sharing; while the case is at: early help open."
    )


@pytest.mark.django_db
def test_the_register_and_one_agreement_name_parties_and_clauses():
    people = cast.assemble()
    Party.objects.create(agreement=people.triage, agency=people.housing)
    client = Client()
    sign_in(client, people.gita)
    register = client.get(reverse("sharing_agreements:agreements")).content.decode()
    assert "waiting for Marlbeck Homes to sign" in register
    page = client.get(reverse("sharing_agreements:read_agreement", args=[people.triage.pk])).content.decode()
    assert "A. Signatory" in page
    assert "Not signed" in page
    assert "may see the full of records" not in page
    assert "Marlbeck Constabulary" in page


@pytest.mark.django_db
def test_an_agreement_that_does_not_exist_is_not_found():
    people = cast.assemble()
    client = Client()
    sign_in(client, people.gita)
    assert client.get(reverse("sharing_agreements:read_agreement", args=[uuid.uuid4()])).status_code == 404
