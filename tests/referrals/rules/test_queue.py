"""The order of the hub's queue, case by case."""

import datetime
import itertools

import pytest

from referrals.rules import queue
from referrals.rules.queue import Band, Waiting
from referrals.vocabulary import Urgency

NOW = datetime.datetime(2026, 11, 20, 14, 0, tzinfo=datetime.UTC)
EARLIER = NOW - datetime.timedelta(hours=2)
LATER = NOW + datetime.timedelta(hours=1)


def waiting(**more) -> Waiting:
    return Waiting(**{"received_at": EARLIER, "due_at": LATER, **more})


@pytest.mark.parametrize(
    ("facts", "band"),
    [
        ({"danger": True}, Band.ALARM),
        ({"danger": True, "acknowledged": True}, Band.UNGRADED),
        ({"reported": Urgency.RED}, Band.ALARM),
        ({"urgency": Urgency.RED}, Band.ALARM),
        ({"urgency": Urgency.RED, "acknowledged": True}, Band.RED),
        (
            {"reported": Urgency.RED, "urgency": Urgency.GREEN, "acknowledged": True},
            Band.GREEN,
        ),
        ({"danger": True, "due_at": EARLIER}, Band.ALARM),
        ({"due_at": EARLIER}, Band.OVERDUE),
        ({"due_at": EARLIER, "provisional": True}, Band.OVERDUE),
        ({"due_at": EARLIER, "urgency": Urgency.GREEN, "asked": True}, Band.OVERDUE),
        ({"due_at": NOW}, Band.UNGRADED),
        ({"provisional": True}, Band.PROVISIONAL),
        ({"provisional": True, "asked": True}, Band.PROVISIONAL),
        ({"reported": Urgency.AMBER}, Band.UNGRADED),
        ({"asked": True}, Band.UNGRADED),
        ({"urgency": Urgency.AMBER}, Band.AMBER),
        ({"urgency": Urgency.GREEN}, Band.GREEN),
        ({"urgency": Urgency.RED, "acknowledged": True, "asked": True}, Band.WAITING),
        ({"urgency": Urgency.AMBER, "asked": True}, Band.WAITING),
        ({"urgency": Urgency.BLUE, "due_at": None}, Band.BLUE),
        ({"urgency": Urgency.BLUE, "due_at": None, "asked": True}, Band.WAITING),
    ],
)
def test_each_contact_stands_in_its_band(facts, band):
    assert queue.band_of(waiting(**facts), NOW) is band


def test_inside_a_band_the_oldest_alarm_and_the_nearest_clock_come_first():
    old_alarm = waiting(danger=True, received_at=EARLIER - datetime.timedelta(hours=1), due_at=LATER)
    new_alarm = waiting(danger=True, due_at=NOW)
    soon = waiting(urgency=Urgency.AMBER, due_at=LATER)
    later = waiting(urgency=Urgency.AMBER, due_at=LATER + datetime.timedelta(hours=1))
    ordered = sorted([later, soon, new_alarm, old_alarm], key=lambda one: queue.order(one, NOW))
    assert ordered == [old_alarm, new_alarm, soon, later]


def test_every_combination_has_one_band_and_a_red_never_stands_behind_an_unread_green():
    flags = (False, True)
    urgencies = (None, *Urgency)
    for reported, urgency, danger, seen, provisional, asked in itertools.product(
        urgencies, urgencies, flags, flags, flags, flags
    ):
        contact = waiting(
            reported=reported,
            urgency=urgency,
            danger=danger,
            acknowledged=seen,
            provisional=provisional,
            asked=asked,
        )
        band = queue.band_of(contact, NOW)
        if urgency is Urgency.RED and not asked:
            assert band in {Band.ALARM, Band.PROVISIONAL, Band.RED}
        if danger and not seen:
            assert band is Band.ALARM
