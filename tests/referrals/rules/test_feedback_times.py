"""When a reporter must have heard, and when they may ask what became of it: working time, and schools by 15:00."""

import datetime

import pytest

from referrals.rules import chasing, clocks
from referrals.rules.chasing import Heard
from tests.referrals.rules.test_clocks import CALENDAR, at

FRIDAY, MONDAY, TUESDAY = "2026-11-20", "2026-11-23", "2026-11-24"


@pytest.mark.parametrize(
    ("sent", "due"),
    [
        (("2026-11-18", "10:15"), ("2026-11-19", "10:15")),
        ((FRIDAY, "16:30"), (MONDAY, "16:30")),
        ((FRIDAY, "22:00"), (TUESDAY, "08:30")),
        (("2026-12-24", "12:00"), ("2026-12-29", "12:00")),
    ],
)
def test_a_reporter_hears_within_one_working_day(sent, due):
    assert clocks.feedback_due(at(*sent), from_school=False, calendar=CALENDAR) == at(*due)


@pytest.mark.parametrize(
    ("sent", "due"),
    [
        (("2026-11-18", "07:00"), ("2026-11-18", "15:00")),
        (("2026-11-18", "10:15"), ("2026-11-18", "15:00")),
        (("2026-11-18", "12:59"), ("2026-11-18", "15:00")),
        (("2026-11-18", "13:00"), ("2026-11-19", "15:00")),
        ((FRIDAY, "14:30"), (MONDAY, "15:00")),
        ((FRIDAY, "22:00"), (MONDAY, "15:00")),
        (("2026-12-24", "16:00"), ("2026-12-29", "15:00")),
        (("2026-10-23", "18:00"), ("2026-10-26", "15:00")),
    ],
)
def test_a_school_hears_by_three_on_the_same_day_when_it_sent_in_time(sent, due):
    assert clocks.feedback_due(at(*sent), from_school=True, calendar=CALENDAR) == at(*due)


def test_a_partnership_that_allows_two_days_gives_schools_the_afternoon_after():
    sent = at("2026-11-18", "10:15")
    assert clocks.feedback_due(sent, from_school=False, calendar=CALENDAR, days=2) == at(FRIDAY, "10:15")
    assert clocks.feedback_due(sent, from_school=True, calendar=CALENDAR, days=2) == at("2026-11-19", "15:00")


@pytest.mark.parametrize("from_school", [True, False])
def test_a_report_from_before_the_calendar_counts_plain_days(from_school):
    sent = at("2019-11-18", "10:15")
    due = clocks.feedback_due(sent, from_school=from_school, calendar=CALENDAR, days=2)
    assert due == at("2019-11-20", "10:15")


def heard(**more) -> Heard:
    facts = {"due_at": at(FRIDAY, "12:00"), "decided": False, "is_asked": False, "last_word_at": None}
    return Heard(**{**facts, "last_chase_at": None, **more})


@pytest.mark.parametrize(
    ("facts", "now", "answer"),
    [
        ({}, (FRIDAY, "11:59"), "too_early"),
        ({}, (FRIDAY, "12:00"), None),
        ({"decided": True}, (FRIDAY, "12:00"), "told_already"),
        ({"is_asked": True}, (FRIDAY, "12:00"), "answer_first"),
        ({"last_chase_at": at(FRIDAY, "12:30")}, (FRIDAY, "16:00"), "too_early"),
        ({"last_chase_at": at(FRIDAY, "12:30")}, (MONDAY, "12:29"), "too_early"),
        ({"last_chase_at": at(FRIDAY, "12:30")}, (MONDAY, "12:30"), None),
        ({"last_word_at": at(FRIDAY, "13:00")}, (MONDAY, "12:59"), "too_early"),
        ({"last_word_at": at(FRIDAY, "13:00")}, (MONDAY, "13:00"), None),
        ({"last_word_at": at("2026-11-18", "13:00")}, (FRIDAY, "12:00"), None),
    ],
)
def test_a_reporter_asks_when_they_should_have_heard_and_once_a_working_day(facts, now, answer):
    refusal = chasing.why_not_chase(heard(**facts), at(*now), CALENDAR)
    assert (refusal and refusal.code) == answer


def test_a_refusal_says_when_it_may_be_asked():
    refusal = chasing.why_not_chase(heard(), at(FRIDAY, "09:00"), CALENDAR)
    assert refusal is not None and "12:00 on 20 November" in refusal.sentence
    assert isinstance(chasing.may_chase_from(heard(), CALENDAR), datetime.datetime)
