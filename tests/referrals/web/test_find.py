"""Find: what may be shown, the same sentence for hidden and absent, and a line in the log for every look."""

import datetime

import pytest
from django.db import connection

from sharing_agreements.actions import facts
from sharing_agreements.models import Disclosure
from tests.referrals.arriving import BORN, arrive, child

pytestmark = pytest.mark.django_db

SENTENCE = "There is nothing we can show you. This does not mean the family is not known. Ring the hub on 01632 960123."


@pytest.fixture
def reported(everybody):
    """Jo Smith, reported by Cleo; and Ann Lee, whose records are closed."""
    closed = arrive(everybody.cleo, everybody.hub, child("Ann Lee")).report.children.get().person
    facts.restrict(person=closed.pk, why="A test.")
    return arrive(everybody.cleo, everybody.hub)


@pytest.fixture
def reference(reported):
    return reported.report.reference.lower()


@pytest.fixture
def find(reported, site):
    """Searches through the page. The reports are made first: the site then acts as the web login alone."""

    def look(post, **typed):
        client = site()
        client.force_login(post.practitioner)
        answer = client.post("/find/", {"purpose": "deciding", **typed})
        return answer.content.decode()

    return look


def born(day: datetime.date) -> dict[str, str]:
    return {"born_day": str(day.day), "born_month": str(day.month), "born_year": str(day.year)}


def test_the_hub_finds_a_child_by_name_alone(everybody, find):
    assert "<strong>Jo Smith</strong>, 8" in find(everybody.hana, name="smith jo")


def test_outside_the_hub_it_takes_two_facts_and_says_so(everybody, find):
    text = find(everybody.cleo, name="Jo Smith")
    assert "Enter a reference, or two of name, date of birth, address and telephone" in text
    assert "<strong>Jo Smith</strong>" in find(everybody.cleo, name="Jo Smith", **born(BORN))


def test_a_purpose_is_picked(everybody, find):
    assert "Why are you looking?" in find(everybody.hana, name="Jo", purpose="")
    assert "<strong>Jo Smith</strong>" not in find(everybody.hana, name="Jo Smith", purpose="curious")


def test_hidden_and_absent_are_one_sentence(everybody, find):
    def said(**typed):
        text = find(everybody.ben, **born(BORN), **typed)
        start = text.index('<p class="govuk-inset-text">')
        return text[start : text.index("<p>Give a reference", start)]

    hidden, closed, absent = said(name="Jo Smith"), said(name="Ann Lee"), said(name="Peregrine Vane")
    assert SENTENCE in absent
    assert hidden == closed == absent


def test_a_reference_opens_only_to_those_who_may_read_it(everybody, reference, reported, find):
    assert f"/contacts/{reported.pk}/" in find(everybody.hana, reference=reference)
    assert f"/reports/{reported.report_id}/" in find(everybody.cleo, reference=reference)
    assert SENTENCE in find(everybody.cyrus, reference=reference)


def test_every_look_is_logged_with_its_reason_even_when_nothing_is_shown(everybody, find):
    find(everybody.hana, name="Peregrine Vane")
    with connection.cursor() as cursor:
        cursor.execute("set local role eh_owner")
        row = Disclosure.objects.get(what="find")
        cursor.execute("set local role eh_web")
    assert row.practitioner_id == everybody.hana.practitioner_id
    assert row.basis == "I am deciding what a concern needs" and row.record_ids == []


def test_no_name_stands_in_the_address(everybody, reported, site):
    client = site()
    client.force_login(everybody.hana.practitioner)
    assert "Jo Smith" not in client.get("/find/?name=Jo+Smith").content.decode()
