"""The hub's clocks over evenings, weekends, bank holidays and clock changes."""

import datetime

import pytest

from referrals.rules import clocks
from referrals.vocabulary import Urgency
from sharing_agreements.working_time import LONDON, Calendar

OPEN = (datetime.time(8, 30), datetime.time(17, 0))
CALENDAR = Calendar(
    first=datetime.date(2026, 1, 1),
    last=datetime.date(2027, 1, 31),
    holidays=frozenset({datetime.date(2026, 12, 25), datetime.date(2026, 12, 28)}),
    hours={day: OPEN for day in range(5)},
)


def at(day: str, time: str) -> datetime.datetime:
    return datetime.datetime.fromisoformat(f"{day}T{time}").replace(tzinfo=LONDON)


@pytest.mark.parametrize(
    ("urgency", "received", "due"),
    [
        (Urgency.RED, ("2026-11-20", "16:30"), ("2026-11-20", "20:30")),
        (Urgency.RED, ("2026-11-21", "23:00"), ("2026-11-22", "03:00")),
        (Urgency.RED, ("2026-10-24", "23:30"), ("2026-10-25", "02:30")),
        (Urgency.AMBER, ("2026-11-18", "10:15"), ("2026-11-19", "10:15")),
        (Urgency.AMBER, ("2026-11-20", "16:30"), ("2026-11-23", "16:30")),
        (Urgency.AMBER, ("2026-11-20", "22:00"), ("2026-11-24", "08:30")),
        (Urgency.AMBER, ("2026-12-24", "12:00"), ("2026-12-29", "12:00")),
        (Urgency.AMBER, ("2026-10-23", "09:00"), ("2026-10-26", "09:00")),
        (Urgency.GREEN, ("2026-11-18", "10:15"), ("2026-11-23", "10:15")),
        (Urgency.GREEN, ("2026-11-18", "06:00"), ("2026-11-23", "08:30")),
    ],
)
def test_a_decision_is_due_when_its_grade_allows(urgency, received, due):
    assert clocks.decision_due(urgency, at(*received), CALENDAR) == at(*due)


def test_blue_has_no_clock():
    assert clocks.decision_due(Urgency.BLUE, at("2026-11-18", "10:00"), CALENDAR) is None


def test_a_contact_is_graded_within_one_working_day():
    assert clocks.grading_due(at("2026-11-20", "10:00"), CALENDAR) == at("2026-11-23", "10:00")


def test_a_contact_that_may_be_red_starts_on_the_red_clock_whatever_the_hour():
    night = at("2026-11-21", "02:00")
    assert clocks.first_clock(received_at=night, urgent=True, calendar=CALENDAR).due_at == at("2026-11-21", "06:00")
    assert clocks.first_clock(received_at=night, urgent=False, calendar=CALENDAR).due_at == at("2026-11-24", "08:30")


def graded(urgency, *, before, at_time):
    return clocks.clock_after_grading(
        urgency=urgency,
        received_at=at("2026-11-18", "10:00"),
        graded_at=at("2026-11-18", at_time) if isinstance(at_time, str) else at(*at_time),
        graded_before=before,
        calendar=CALENDAR,
    ).due_at


def test_a_first_grade_counts_from_receipt():
    assert graded(Urgency.RED, before=None, at_time="11:30") == at("2026-11-18", "14:00")


def test_raising_a_grade_counts_from_the_change_and_never_adds_time():
    assert graded(Urgency.RED, before=Urgency.GREEN, at_time=("2026-11-20", "09:00")) == at("2026-11-20", "13:00")
    assert graded(Urgency.AMBER, before=Urgency.GREEN, at_time=("2026-11-23", "09:00")) == at("2026-11-23", "10:00")
    assert graded(Urgency.GREEN, before=Urgency.BLUE, at_time=("2026-11-19", "09:00")) == at("2026-11-24", "09:00")


def test_lowering_a_grade_counts_from_receipt():
    assert graded(Urgency.GREEN, before=Urgency.RED, at_time="12:00") == at("2026-11-23", "10:00")


@pytest.mark.parametrize(
    ("danger", "urgency", "when", "alarms"),
    [
        (True, None, ("2026-11-20", "17:00"), True),
        (True, None, ("2026-11-20", "16:59"), False),
        (False, Urgency.RED, ("2026-11-22", "12:00"), True),
        (False, Urgency.RED, ("2026-12-28", "12:00"), True),
        (False, Urgency.AMBER, ("2026-11-22", "12:00"), False),
        (False, None, ("2026-11-22", "12:00"), False),
    ],
)
def test_danger_and_red_out_of_hours_alarm(danger, urgency, when, alarms):
    assert clocks.alarms_out_of_hours(danger=danger, urgency=urgency, at=at(*when), calendar=CALENDAR) is alarms


@pytest.mark.parametrize(
    ("urgency", "asked", "due"),
    [
        (Urgency.RED, ("2026-11-20", "16:30"), ("2026-11-20", "18:30")),
        (Urgency.RED, ("2026-11-21", "23:00"), ("2026-11-22", "01:00")),
        (Urgency.AMBER, ("2026-11-18", "09:00"), ("2026-11-18", "15:00")),
        (Urgency.AMBER, ("2026-11-20", "16:00"), ("2026-11-23", "13:30")),
        (Urgency.AMBER, ("2026-12-24", "16:00"), ("2026-12-29", "13:30")),
        (Urgency.GREEN, ("2026-11-18", "08:30"), ("2026-11-20", "15:30")),
        (Urgency.GREEN, ("2026-11-20", "22:00"), ("2026-11-25", "15:30")),
    ],
)
def test_an_agency_answers_in_working_time_but_red_does_not_wait_for_morning(urgency, asked, due):
    assert clocks.check_due(urgency, at(*asked), CALENDAR) == at(*due)


def test_a_late_answer_goes_on_to_a_manager_when_as_long_again_has_passed():
    asked = at("2026-11-18", "09:00")
    assert clocks.check_climbs(Urgency.AMBER, asked, CALENDAR) == at("2026-11-19", "12:30")
    assert clocks.check_climbs(Urgency.RED, asked, CALENDAR) == at("2026-11-18", "13:00")


def test_a_partnership_sets_its_own_times_for_answers():
    merton = clocks.Allowances(check_minutes={Urgency.RED: 60, Urgency.AMBER: 120, Urgency.GREEN: 240})
    assert clocks.check_due(Urgency.AMBER, at("2026-11-18", "09:00"), CALENDAR, merton) == at("2026-11-18", "11:00")


def test_no_agency_is_asked_about_blue():
    with pytest.raises(KeyError):
        clocks.check_due(Urgency.BLUE, at("2026-11-18", "09:00"), CALENDAR)
