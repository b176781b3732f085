"""The page's order is the rule's order, a page at a time, with a fixed number of queries."""

import datetime
import itertools

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from referrals.models import Contact
from referrals.queries import queue
from referrals.queries.contacts import around
from referrals.rules.queue import Waiting, band_of, moment_of
from referrals.vocabulary import ContactStatus, Urgency
from sharing_agreements.vocabulary import Purpose
from tests.conftest import as_web
from tests.referrals.arriving import arrive, child

pytestmark = pytest.mark.django_db

HOUR = datetime.timedelta(hours=1)


@pytest.fixture
def now() -> datetime.datetime:
    return timezone.now().replace(microsecond=0)


@pytest.fixture
def contact(everybody, now):
    return arrive(everybody.cleo, everybody.hub, child(), at=now - HOUR)


def test_sql_gives_every_combination_the_band_and_moment_of_the_rule(everybody, now, contact):
    """Each combination is put on one contact in turn and read back through the queue's own query."""
    flags = (False, True)
    for grade, reported, danger, seen, provisional, asked, late in itertools.product(
        ("", "red", "amber", "green", "blue"), ("red", "green"), flags, flags, flags, flags, flags
    ):
        due_at = None if grade == "blue" else now + (-HOUR if late else HOUR)
        by = everybody.hana.practitioner if seen else None
        Contact.objects.filter(pk=contact.pk).update(
            grade=grade,
            reported=reported,
            danger=danger,
            provisional=provisional,
            acknowledged_at=now if seen else None,
            acknowledged_by=by,
            due_at=due_at,
            status=ContactStatus.WAITING if asked else ContactStatus.SCREENING,
        )
        row = queue.in_order(Contact.objects.filter(pk=contact.pk), now).get()
        facts = Waiting(
            received_at=row.received_at,
            due_at=due_at,
            reported=Urgency(reported),
            urgency=Urgency(grade) if grade else None,
            danger=danger,
            acknowledged=seen,
            provisional=provisional,
            asked=asked,
        )
        assert (row.band, row.moment) == (band_of(facts, now), moment_of(facts, now)), facts


def test_pages_hold_25_each_and_every_contact_comes_once(everybody, now):
    for number in range(30):
        arrive(everybody.cleo, everybody.hub, child(f"Child{number} Hill"), at=now - HOUR * number)
    with as_web(everybody.hana, Purpose.TRIAGE):
        first, place = queue.page_of_queue(everybody.hana, now, None)
        second, end = queue.page_of_queue(everybody.hana, now + HOUR, place)
    assert len(first) == 25 and len(second) == 5 and end is None
    assert len({one.pk for one in [*first, *second]}) == 30


def test_a_page_of_the_queue_takes_the_same_queries_however_long_it_is(everybody, now):
    def queries():
        with as_web(everybody.hana, Purpose.TRIAGE), CaptureQueriesContext(connection) as seen:
            contacts, _ = queue.page_of_queue(everybody.hana, now, None)
            around(contacts, post=everybody.hana, today=now.date())
        return len(seen)

    arrive(everybody.cleo, everybody.hub, child(), at=now)
    few = queries()
    for number in range(10):
        arrive(everybody.cleo, everybody.hub, child(f"Child{number} Hill"), child("Jo Smith"), at=now)
    assert queries() == few <= 15
