"""Sending a report: from a draft to rows the hub may read, once."""

import datetime

import pytest
from django.db import connection
from django.urls import reverse
from django.utils import timezone

from cases.models import Event
from referrals.models import Draft, Report, ReportedChild, ReportHubOnly, ReportPlace
from sharing_agreements.models import Address, Identity
from sharing_agreements.vocabulary import Precision, Purpose
from tests.conftest import as_web
from tests.referrals import typing


@pytest.fixture
def cleo(site, everybody):
    client = site()
    typing.sign_in(client, everybody.cleo)
    return client


def owed() -> list[tuple[str, dict]]:
    with connection.cursor() as cursor:
        cursor.execute("set local role eh_owner")
        cursor.execute("select job, payload from sharing_agreements_owedjob")
        return cursor.fetchall()


def test_a_report_about_four_children_is_sent_and_its_receipt_says_the_clock(cleo):
    draft = typing.write(cleo)
    answer = cleo.get(typing.send(cleo, draft).url)
    receipt = answer.context["receipt"]
    assert receipt.reference.startswith("CN-")
    assert "The hub decides by" in answer.content.decode()
    assert receipt.data == {}
    jobs = owed()
    assert [job for job, _ in jobs] == ["receive_report"]


def test_the_hub_reads_every_row_and_another_officer_reads_none(cleo, everybody):
    typing.send(cleo, typing.write(cleo))
    with as_web(everybody.hana, Purpose.TRIAGE):
        report = Report.objects.visible().get()
        assert report.children.count() == report.places.count() == 4
        assert report.detail.account == typing.ACCOUNT["account"]
        names = {one.person_id: one for one in Identity.objects.filter(person_id__in=report.about)}
        born = [names[child.person_id].born_precision for child in report.children.all()]
        assert born == [Precision.DAY, Precision.YEAR, Precision.UNKNOWN, Precision.DUE]
        assert Event.objects.visible().filter(event_id=report.pk).count() == 4
    with as_web(everybody.cyrus, Purpose.REPORTING):
        assert not Report.objects.visible().exists()
        assert not ReportedChild.objects.visible().exists()
        assert not Draft.objects.exists()


def test_a_school_that_is_not_involved_sees_nothing_of_it(cleo, everybody):
    typing.send(cleo, typing.write(cleo))
    for post in (everybody.amira, everybody.dev):
        with as_web(post, Purpose.EARLY_HELP):
            assert not Report.objects.visible().exists()
            assert not Identity.objects.visible().exists()
            assert not Event.objects.visible().exists()


def test_sending_twice_makes_one_report_and_shows_the_same_receipt(cleo):
    draft = typing.write(cleo)
    first, second = typing.send(cleo, draft), typing.send(cleo, draft)
    assert first.url == second.url
    assert Report.objects.count() == 1


def test_a_name_that_is_not_known_is_stored_as_no_name(cleo):
    typing.send(cleo, typing.write(cleo))
    report = Report.objects.get()
    people = [child.person_id for child in report.children.all()]
    names = {one.person_id: (one.given_name, one.family_name) for one in Identity.objects.all()}
    assert [names[person] for person in people] == [("Kayden", "Marsh"), ("Ellie", "Marsh"), ("", ""), ("", "")]


def test_the_hub_only_box_is_read_by_its_author_and_the_hub_alone(cleo, everybody):
    draft = typing.write(cleo)
    typing.fill(cleo, draft, "hub-only", {"informant": "Mrs Lane next door, 01632 960444", "hub_only": "She is afraid"})
    statement = {"statement-0-words": "He hits her", "statement-0-basis": "told", "statement-0-told_by": "Mrs Lane"}
    rows = {"statement-TOTAL_FORMS": "1", "statement-INITIAL_FORMS": "0"}
    typing.fill(cleo, draft, "statements", rows | statement)
    typing.send(cleo, draft)
    with as_web(everybody.hana, Purpose.TRIAGE):
        held = ReportHubOnly.objects.visible().get()
        assert held.informant.startswith("Mrs Lane") and not held.family_may_know_informant
        assert held.statements == [{"words": "He hits her", "basis": "told", "told_by": "Mrs Lane"}]
    for post in (everybody.cyrus, everybody.esi, everybody.amira):
        with as_web(post, Purpose.EARLY_HELP):
            assert not ReportHubOnly.objects.visible().exists()


def test_a_concern_about_somebody_who_works_with_children_is_hidden_from_their_agency(cleo, everybody):
    draft = typing.write(cleo)
    typing.fill(cleo, draft, "works-with-children", {"works_at": str(everybody.early_help.pk)})
    typing.send(cleo, draft)
    with as_web(everybody.hana, Purpose.TRIAGE):
        assert Report.objects.visible().get().hidden_from == [everybody.early_help.no]
    for table in (Report, ReportedChild, ReportPlace, Identity, Event):
        with as_web(everybody.esi, Purpose.EARLY_HELP):
            assert not table.objects.visible().exists()


def test_a_report_about_the_reporters_own_agency_leaves_them_only_the_receipt(site, everybody):
    client = site()
    typing.sign_in(client, everybody.amira)
    draft = typing.write(client)
    typing.fill(client, draft, "works-with-children", {"works_at": str(everybody.quarry_hill.pk)})
    page = client.get(typing.send(client, draft).url)
    assert "nobody there can open it, you included" in page.content.decode()
    assert page.context["receipt"].reference
    with as_web(everybody.amira, Purpose.REPORTING):
        assert not Report.objects.visible().exists()
    with as_web(everybody.hana, Purpose.TRIAGE):
        assert Report.objects.visible().count() == 1


def test_the_home_address_goes_to_the_hub_for_matching(cleo, everybody):
    draft = typing.write(cleo)
    typing.fill(cleo, draft, "home", {"home_line": "14 Fen Lane", "home_postcode": "MB1 2AA", "school": "Quarry Hill"})
    typing.send(cleo, draft)
    with as_web(everybody.hana, Purpose.TRIAGE):
        assert Address.objects.visible().filter(line="14 Fen Lane").count() == 4


def test_danger_is_promised_on_reds_clock(cleo):
    draft = typing.begin(cleo, danger="yes")
    told = {"danger_told": "Sgt Malik", "danger_told_at": "00:00"}
    pages = {**typing.PAGES, "told-about-danger": told, "urgency": {"urgency": "red"}}
    for page, answers in pages.items():
        if page != "danger":
            typing.fill(cleo, draft, page, answers)
    typing.send(cleo, draft)
    receipt = Draft.objects.get(pk=draft)
    assert receipt.danger
    assert abs(receipt.due_at - timezone.now() - datetime.timedelta(hours=4)) < datetime.timedelta(minutes=1)
    report = Report.objects.get()
    assert report.danger_told_at <= report.sent_at


def test_a_sent_report_can_no_longer_be_written_and_is_never_changed(cleo):
    draft = typing.write(cleo)
    typing.send(cleo, draft)
    page = reverse("referrals:write_report", args=[draft, "account"])
    assert cleo.get(page).status_code == 409
    assert cleo.post(page, {"account": "Something else"}).status_code == 409


def test_the_receipt_is_its_authors_alone(cleo, site, everybody):
    draft = typing.write(cleo)
    sent = typing.send(cleo, draft).url
    other = site()
    typing.sign_in(other, everybody.cyrus)
    assert other.get(sent).status_code == 404


def test_a_concern_about_somebody_who_works_with_children_waits_for_their_agency(cleo, everybody):
    draft = typing.write(cleo)
    typing.fill(cleo, draft, "concern", {"concern": "works_with_children"})
    check = reverse("referrals:check_report", args=[draft])
    assert not cleo.get(check).context["is_ready"]
    typing.fill(cleo, draft, "works-with-children", {"not_listed": "on"})
    assert cleo.get(check).context["is_ready"]
