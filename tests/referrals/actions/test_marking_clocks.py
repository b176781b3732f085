"""Marks of the hub's clocks: in working time, whoever looks or does not, each once, and told from four fifths on."""

import datetime

import pytest
from django.db import connection
from django.db.utils import DatabaseError

from referrals.actions import marking_clocks, triaging
from referrals.models import ClockMark, Contact
from referrals.rules.clocks import Clock
from referrals.vocabulary import Answer, Urgency
from referrals.web import cards
from sharing_agreements import queries
from sharing_agreements.vocabulary import Purpose, Role
from sharing_agreements.working_time import LONDON
from tests import cast
from tests.conftest import as_web, as_worker
from tests.referrals.arriving import arrive
from tests.referrals.checking import grade
from tests.telling import waiting

pytestmark = pytest.mark.django_db
MONDAY = datetime.date(2026, 6, 8)


def at(days, hour, minute=0):
    day = MONDAY + datetime.timedelta(days=days)
    return datetime.datetime.combine(day, datetime.time(hour, minute), LONDON)


def mark(now):
    with as_worker(marking_clocks.JOB):
        return marking_clocks.mark_clocks(now=now)


def marks(contact):
    return [(one.share, one.passed_at.astimezone(LONDON)) for one in ClockMark.objects.filter(contact=contact)]


@pytest.fixture
def green(everybody):
    """Received on Monday at nine, graded green: decided by Thursday at nine, three days of eight and a half hours."""
    contact = arrive(everybody.cleo, everybody.hub, at=at(0, 9))
    grade(contact, everybody.hana, at=at(0, 9, 30), urgency=Urgency.GREEN)
    contact.refresh_from_db()
    return contact


@pytest.mark.parametrize(
    ("now", "shares"),
    [
        (at(1, 13, 14), []),
        (at(1, 13, 15), [50]),
        (at(2, 12, 23), [50]),
        (at(2, 12, 24), [50, 80]),
        (at(3, 8, 59), [50, 80]),
        (at(3, 9), [50, 80, 100]),
    ],
)
def test_a_mark_is_there_from_its_working_minute_on_without_anybody_looking(green, now, shares):
    mark(now)
    assert [share for share, _ in marks(green)] == shares


def test_a_mark_bears_the_moment_that_passed_however_late_and_however_often_the_job_comes(green):
    assert mark(at(9, 16)) == 3
    assert marks(green) == [(50, at(1, 13, 15)), (80, at(2, 12, 24)), (100, at(3, 9))]
    assert mark(at(9, 16)) == 0 == mark(at(10, 16))


def test_another_grade_is_another_clock_and_blue_has_none(everybody, green):
    mark(at(1, 14))
    grade(green, everybody.hana, at=at(1, 14), urgency=Urgency.AMBER)
    green.refresh_from_db()
    assert (green.half_at, green.due_at) == (at(2, 9, 45), at(2, 14))
    mark(at(2, 9, 44))
    assert [share for share, _ in marks(green)] == [50]
    mark(at(2, 10))
    assert marks(green) == [(50, at(1, 13, 15)), (50, at(2, 9, 45))]
    grade(green, everybody.hana, at=at(2, 11), urgency=Urgency.BLUE)
    green.refresh_from_db()
    assert (green.due_at, green.half_at, green.most_at) == (None, None, None)
    assert mark(at(20, 9)) == 0


def test_red_runs_through_the_night_and_what_is_decided_is_not_marked(everybody):
    red = arrive(everybody.cleo, everybody.hub, at=at(0, 22), danger=Answer.YES)
    mark(at(0, 23, 59))
    assert marks(red) == []
    mark(at(1, 0))
    assert marks(red) == [(50, at(1, 0))]
    Contact.objects.filter(pk=red.pk).update(status="decided")
    assert mark(at(2, 9)) == 0


@pytest.mark.parametrize("hour", range(24))
def test_marks_lie_in_order_between_the_beginning_and_the_end(everybody, hour):
    calendar = queries.calendar()
    for runs_on in (True, False):
        clock = Clock(at(4, hour), at(8, 12), runs_on=runs_on)
        half, most = clock.mark_at(50, calendar), clock.mark_at(80, calendar)
        assert clock.began_at <= half < most < clock.mark_at(100, calendar) == clock.due_at


def test_the_card_and_the_history_say_how_much_has_gone(everybody, green):
    said = [cards.clocks.time_gone(green.half_at, green.most_at, now) for now in (at(1, 13), at(1, 14), at(2, 13))]
    assert said == ["", "Half of the time has gone", "Four fifths of the time have gone"]


def test_nobody_writes_a_mark_but_the_job(everybody, green):
    mark(at(1, 14))
    for statement in ("delete from", "update"):
        change = " set share = 80" if statement == "update" else ""
        with pytest.raises(DatabaseError), as_web(everybody.hana, Purpose.TRIAGE), connection.cursor() as cursor:
            cursor.execute(f"{statement} referrals_clockmark{change}")
    with as_web(everybody.cleo, Purpose.REPORTING):
        assert not ClockMark.objects.exists()
    with as_web(everybody.hana, Purpose.TRIAGE):
        assert ClockMark.objects.count() == 1


def test_whoever_has_it_is_told_at_four_fifths_and_the_manager_at_the_end(everybody, green):
    cast.post("Mona", everybody.hub, Role.MANAGER)
    mark(at(1, 14))
    assert waiting().keys() & {"Hana", "Hugo", "Mona"} == set()
    mark(at(2, 13))
    assert waiting().keys() & {"Hana", "Hugo", "Mona"} == {"Hana"}, "only who may decide, while nobody has it"
    with as_web(everybody.hugo, Purpose.TRIAGE):
        triaging.claim_contact(contact=Contact.objects.get(pk=green.pk), by=everybody.hugo, now=at(2, 14))
    assert waiting().keys() & {"Hana", "Hugo", "Mona"} == {"Hugo"}
    mark(at(3, 10))
    assert waiting().keys() & {"Hana", "Hugo", "Mona"} == {"Hugo", "Mona"}
    Contact.objects.filter(pk=green.pk).update(status="decided")
    assert waiting().keys() & {"Hana", "Hugo", "Mona"} == set()
