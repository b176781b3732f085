"""A school, a health visitor and an officer read the same report in their own words; the hub reads one form."""

import pytest
from django.db import connection
from django.urls import reverse
from django.utils import timezone

from referrals.actions.receiving import receive_report
from referrals.models import Report
from tests.conftest import as_worker
from tests.referrals import typing

pytestmark = pytest.mark.django_db


def page(client, draft, slug):
    return client.get(reverse("referrals:write_report", args=[draft, slug])).content.decode()


@pytest.fixture
def at(site):
    def open_for(post):
        client = site()
        typing.sign_in(client, post)
        return client

    return open_for


def test_each_is_asked_in_words_of_their_own(at, everybody):
    said = {}
    for who, post in {"school": everybody.amira, "health": everybody.ben, "police": everybody.cleo}.items():
        client = at(post)
        draft = typing.begin(client, danger="yes")
        said[who] = "".join(page(client, draft, slug) for slug in ("told-about-danger", "account", "checks"))
    assert "What did school see, hear or get told?" in said["school"]
    assert "at the appointment or visit?" in said["health"]
    assert "call sign" in said["police"] and "call sign" not in said["school"] + said["health"]
    assert "Intelligence" in said["police"] and "Intelligence" not in said["school"] + said["health"]
    assert "School register and attendance" in said["school"] and "Health record" in said["health"]


def test_the_first_page_speaks_to_a_school_before_there_is_a_draft(at, everybody):
    assert "about to go home to nobody safe" in at(everybody.amira).get("/reports/start/").content.decode()


def test_an_agency_without_words_of_its_own_reads_the_general_form(at, everybody):
    client = at(everybody.eddie)
    draft = typing.begin(client)
    assert "What did you see and hear?" in page(client, draft, "account")
    everything = page(client, draft, "told-about-danger") + page(client, draft, "checks")
    assert "Name and role." in everything and "Police reference" in everything


def test_signs_of_school_come_first_for_a_school_but_never_before_a_baby(at, everybody):
    client = at(everybody.amira)
    draft = typing.begin(client)
    typing.fill(client, draft, "children", typing.children(typing.KAYDEN))
    address = reverse("referrals:write_report", args=[draft, "signs"])
    assert next(iter(client.get(address).context["form"].visible_fields())).name == "school_factors"
    typing.fill(client, draft, "children", typing.children(typing.child(0, "Ellie", age="2")))
    names = [one.name for one in client.get(address).context["form"].visible_fields()]
    assert names[:2] == ["early_years", "school_factors"]


def test_what_only_a_school_is_asked_reaches_the_hub_with_its_question(at, everybody):
    client = at(everybody.amira)
    draft = typing.write(client)
    typing.fill(client, draft, "home", {"more_attendance": "81 per cent", "school": "Quarry Hill"})
    check = client.get(reverse("referrals:check_report", args=[draft])).content.decode()
    assert "81 per cent" in check
    assert typing.send(client, draft).status_code == 302
    report = Report.objects.get()
    assert report.detail.more[0][0].startswith("How much of this school year")
    assert report.detail.more[0][1] == "81 per cent"
    with as_worker("receive_report"):
        contact = receive_report(report=report.pk, now=timezone.now())
    with connection.cursor() as cursor:
        cursor.execute("set local role eh_web")
    shown = at(everybody.hana).get(reverse("referrals:read_contact", args=[contact.pk])).content.decode()
    assert "How much of this school year" in shown and "81 per cent" in shown


def test_ticks_and_words_come_back_when_a_page_is_opened_again(at, everybody):
    client = at(everybody.amira)
    draft = typing.begin(client)
    typing.fill(client, draft, "children", typing.children(typing.KAYDEN))
    typing.fill(client, draft, "signs", {"individual": "hungry"})
    typing.fill(client, draft, "words", {"words_0": "I am always hungry"})
    typing.fill(client, draft, "home", {"more_attendance": "81"})
    assert 'value="hungry" checked' in page(client, draft, "signs")
    assert "I am always hungry" in page(client, draft, "words")
    assert 'value="81"' in page(client, draft, "home")
