"""A sent report comes into the hub's queue once, with its clock, and what is said later comes in front."""

import datetime

import pytest
from django.utils import timezone

from referrals.actions import adding, receiving, triaging
from referrals.models import Contact
from referrals.vocabulary import Answer, ContactStatus, Urgency
from sharing_agreements.models import OwedJob
from sharing_agreements.vocabulary import Purpose
from tests.conftest import as_web, as_worker
from tests.referrals.arriving import arrive, send

pytestmark = pytest.mark.django_db


def seen_by(post, purpose=Purpose.TRIAGE):
    with as_web(post, purpose):
        return set(Contact.objects.visible().values_list("pk", flat=True))


def test_a_report_becomes_a_contact_once_and_owes_the_look_for_known_people(everybody):
    report = send(everybody.cleo, everybody.hub)
    assert OwedJob.objects.filter(job="receive_report", payload__report=str(report.pk)).count() == 1
    with as_worker("receive_report"):
        first = receiving.receive_report(report=report.pk, now=timezone.now())
        again = receiving.receive_report(report=report.pk, now=timezone.now())
    assert first.pk == again.pk
    contact = Contact.objects.get()
    assert contact.owner == everybody.hub and contact.about == report.about
    assert contact.reported == Urgency.GREEN and contact.grade == "" and contact.status == ContactStatus.RECEIVED
    assert contact.due_at > contact.received_at
    assert OwedJob.objects.filter(key=f"match_report:{contact.pk}").count() == 1


def test_the_hub_sees_its_queue_and_the_reporter_does_not(everybody):
    contact = arrive(everybody.cleo, everybody.hub)
    assert seen_by(everybody.hana) == {contact.pk}
    assert seen_by(everybody.cleo, Purpose.REPORTING) == set()
    assert seen_by(everybody.esi, Purpose.EARLY_HELP) == set()


@pytest.mark.parametrize("more", [{"danger": Answer.YES}, {"urgency": Urgency.RED}])
def test_danger_and_red_start_on_the_red_clock_at_any_hour(everybody, more):
    sunday_night = datetime.datetime(2026, 11, 22, 2, tzinfo=datetime.UTC)
    contact = arrive(everybody.cleo, everybody.hub, at=sunday_night, **more)
    assert contact.due_at == sunday_night + datetime.timedelta(hours=4)
    assert contact.acknowledged_at is None


def test_a_concern_about_somebody_at_an_agency_stays_hidden_from_it(everybody):
    contact = arrive(
        everybody.cleo, everybody.hub, works_at_no=everybody.quarry_hill.no, works_at="Quarry Hill Primary"
    )
    assert contact.hidden_from == [everybody.quarry_hill.no]


def test_what_is_added_comes_in_front_and_opens_a_decided_contact_again(everybody):
    contact = arrive(everybody.cleo, everybody.hub)
    now = timezone.now()
    Contact.objects.filter(pk=contact.pk).update(status=ContactStatus.DECIDED, decided_at=now)
    with as_web(everybody.cleo, Purpose.REPORTING):
        said = adding.add_to_report(report=contact.report, text="She has a bruise.", by=everybody.cleo, now=now)
    with as_worker("receive_addition"):
        receiving.receive_addition(addition=said.pk, now=now)
    contact.refresh_from_db()
    assert contact.news_at == now and contact.status == ContactStatus.SCREENING and contact.due_at > now
    with as_web(everybody.hana, Purpose.TRIAGE):
        triaging.read_additions(contact=contact, by=everybody.hana, now=now)
    contact.refresh_from_db()
    assert contact.news_at is None
