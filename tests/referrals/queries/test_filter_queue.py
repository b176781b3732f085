"""What somebody wants to see of the queue: the page leaves out what the rule leaves out, and never an alarm."""

import itertools

import pytest

from referrals.models import Contact, QueueFilter
from referrals.queries import queue
from referrals.rules.queue import Waiting, Wanted, is_alarm, is_shown
from referrals.vocabulary import QueueGrade, QueueWhose, Urgency
from sharing_agreements.vocabulary import Purpose
from tests import cast
from tests.conftest import as_web
from tests.referrals.arriving import arrive

pytestmark = pytest.mark.django_db
NOW = cast.SIGNED_AT
FLAGS = (False, True)
WISHES = [Wanted(whose, grade) for whose in (None, *QueueWhose) for grade in (None, *QueueGrade)]


def test_sql_shows_of_every_combination_what_the_rule_shows_and_no_wish_hides_an_alarm(everybody):
    contact = arrive(everybody.cleo, everybody.hub)
    hana, hugo = everybody.hana.practitioner, everybody.hugo.practitioner
    for grade, reported, danger, seen, owner in itertools.product(
        ("", "red", "amber", "green", "blue"), ("red", "green"), FLAGS, FLAGS, (None, hana, hugo)
    ):
        Contact.objects.filter(pk=contact.pk).update(
            grade=grade,
            reported=reported,
            danger=danger,
            acknowledged_at=NOW if seen else None,
            acknowledged_by=hana if seen else None,
            claimed_by=owner,
            claimed_at=NOW if owner else None,
        )
        facts = Waiting(
            received_at=NOW,
            due_at=None,
            reported=Urgency(reported),
            urgency=Urgency(grade) if grade else None,
            danger=danger,
            acknowledged=seen,
        )
        for wish in WISHES:
            rule = is_shown(wish, facts, is_mine=owner == hana, is_claimed=owner is not None)
            rows = queue.shown(Contact.objects.filter(pk=contact.pk), wish, everybody.hana)
            assert rows.exists() == rule, (wish, facts)
            assert rule or not is_alarm(facts)


def test_a_filter_is_its_owners_alone(everybody):
    QueueFilter.objects.create(practitioner=everybody.hana.practitioner, whose="mine")
    with as_web(everybody.hana, Purpose.TRIAGE):
        assert queue.wanted_by(everybody.hana) == Wanted(QueueWhose.MINE)
    with as_web(everybody.hugo, Purpose.TRIAGE):
        assert queue.wanted_by(everybody.hugo) == Wanted()
        assert not QueueFilter.objects.exists()
