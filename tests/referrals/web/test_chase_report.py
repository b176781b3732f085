"""A reporter asks what became of a report; the hub sees it, and tells them, decided or not."""

import datetime

import pytest
from django.db import connection
from django.urls import reverse
from django.utils import timezone

from referrals.actions import adding, receiving
from referrals.models import Contact, Feedback, ReportAddition
from sharing_agreements.models import Disclosure
from sharing_agreements.refusals import Refused
from sharing_agreements.vocabulary import Purpose
from tests.cases.web.conftest import Visitor
from tests.conftest import as_web, as_worker
from tests.referrals.arriving import arrive, child

pytestmark = pytest.mark.django_db


def ago(days):
    return timezone.now() - datetime.timedelta(days=days)


def address(name, contact):
    return reverse(f"referrals:{name}", args=[contact.report_id])


def deliver():
    """Let the job bring what was said last to the hub."""
    said = ReportAddition.objects.latest("recorded_at")
    with as_worker("receive_addition"):
        receiving.receive_addition(addition=said.pk, now=timezone.now())


@pytest.fixture
def waiting(everybody) -> Contact:
    """A report of two children that has waited a week for a word."""
    return arrive(everybody.cleo, everybody.hub, child(), child("Sam Smith"), at=ago(8))


def test_the_reporter_sees_how_far_the_hub_is_with_the_times(everybody, waiting):
    page = Visitor(everybody.cleo).get(address("view_report", waiting)).content.decode()
    assert "In the hub\u2019s queue" in page and "Graded" in page and "Not yet" in page
    Contact.objects.filter(pk=waiting.pk).update(graded_at=ago(7), graded_by=everybody.hana.practitioner, grade="green")
    page = Visitor(everybody.cleo).get(address("view_report", waiting)).content.decode()
    assert page.count("Not yet") == 1


def test_the_times_are_nobody_elses(everybody, waiting):
    read = "select count(*) from gate.progress_of(%s::uuid[])"
    for name, rows in (("cleo", 1), ("cyrus", 0), ("amira", 0), ("hana", 0)):
        with as_web(getattr(everybody, name), Purpose.REPORTING), connection.cursor() as cursor:
            cursor.execute(read, [[waiting.report_id]])
            assert cursor.fetchone()[0] == rows, name


def test_a_chase_reaches_the_queue_the_contact_and_whoever_has_it_and_goes_when_they_are_told(everybody, waiting):
    cleo, hana = Visitor(everybody.cleo), Visitor(everybody.hana)
    assert "Ask what became of it" in cleo.get(address("view_report", waiting)).content.decode()
    assert cleo.send(address("chase_report", waiting), text="I see her on Thursday.").status_code == 302
    deliver()
    assert "The reporter asks what became of it" in hana.get("/queue/").content.decode()
    contact = f"/contacts/{waiting.pk}/"
    page = hana.get(contact).content.decode()
    assert "The reporter asks what became of it" in page and "I see her on Thursday." in page
    telling = hana.get(contact + "tell/").content.decode()
    assert "has not decided yet" in telling
    waiting.refresh_from_db()
    assert hana.send(contact + "tell/", version=waiting.version).status_code == 302
    assert "The reporter asks what became of it" not in hana.get(contact).content.decode()
    told = Feedback.objects.filter(outcome="not_decided")
    assert told.count() == 2 and {one.sent_to_practitioner for one in told} == {everybody.cleo.practitioner}
    assert Disclosure.objects.filter(record_ids__contains=[told[0].pk]).exists()
    page = cleo.get(address("view_report", waiting)).content.decode()
    assert page.count("has not decided yet") == 2 and "You can ask here from" in page


def test_a_second_chase_on_the_same_day_is_refused_and_the_page_says_when(everybody, waiting):
    cleo = Visitor(everybody.cleo)
    cleo.send(address("chase_report", waiting), text="")
    again = cleo.send(address("chase_report", waiting), text="")
    assert again.status_code == 409 and "You can ask here from" in again.content.decode()
    assert ReportAddition.objects.filter(what="chase").count() == 1


def test_nobody_but_the_reporter_chases(everybody, waiting):
    for name in ("cyrus", "amira", "hana"):
        assert Visitor(getattr(everybody, name)).send(address("chase_report", waiting), text="").status_code == 404
    report = waiting.report
    with as_web(everybody.cyrus, Purpose.REPORTING), pytest.raises(Refused):
        adding.chase_report(report=report, text="", by=everybody.cyrus, now=timezone.now())


def test_a_chase_of_a_decided_contact_does_not_open_it(everybody, waiting):
    Visitor(everybody.cleo).send(address("chase_report", waiting), text="")
    Contact.objects.filter(pk=waiting.pk).update(status="decided", decided_at=timezone.now())
    deliver()
    waiting.refresh_from_db()
    assert waiting.status == "decided" and waiting.chased_at is None and waiting.news_at is None
