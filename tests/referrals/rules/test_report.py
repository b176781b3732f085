"""Rules about a report, on plain values."""

import datetime

import pytest

from referrals.rules import report, signs
from referrals.vocabulary import TOLD_AS_CODES, Answer, FamilyTold
from sharing_agreements.part_known import PartKnownDate
from sharing_agreements.vocabulary import AgencyType, Precision
from sharing_agreements.working_time import LONDON

TODAY = datetime.date(2026, 11, 22)


@pytest.mark.parametrize(
    ("typed", "parts"),
    [
        ("Kayden Marsh", ("Kayden", "Marsh")),
        ("  Mary  Jane van Dyke ", ("Mary Jane van", "Dyke")),
        ("Kayden", ("Kayden", "")),
        ("not known", ("", "")),
        ("Not  Known", ("", "")),
        ("Unborn baby", ("", "")),
        ("", ("", "")),
    ],
)
def test_a_name_is_split_and_words_for_no_name_are_none(typed, parts):
    assert report.name_parts(typed) == parts


@pytest.mark.parametrize(
    ("date", "precision", "is_under"),
    [
        (datetime.date(2021, 11, 23), Precision.DAY, True),
        (datetime.date(2021, 11, 22), Precision.DAY, False),
        (datetime.date(2027, 1, 14), Precision.DUE, True),
        (datetime.date(2016, 1, 1), Precision.YEAR, False),
        (datetime.date(2023, 1, 1), Precision.ESTIMATED, True),
        (None, Precision.UNKNOWN, False),
    ],
)
def test_a_child_is_under_five_until_the_fifth_birthday(date, precision, is_under):
    assert report.is_under_five(PartKnownDate(date, precision), TODAY) is is_under


def test_a_year_or_month_that_may_still_be_under_five_counts_as_under_five():
    assert report.is_under_five(PartKnownDate(datetime.date(2021, 1, 1), Precision.YEAR), TODAY)
    assert report.is_under_five(PartKnownDate(datetime.date(2021, 11, 1), Precision.MONTH), TODAY)


def test_a_reference_is_short_enough_to_read_out():
    assert report.reference(4213, TODAY) == "CN-26-004213"


def test_police_and_others_read_different_words_in_danger():
    assert "powers" in " ".join(report.danger_words(AgencyType.POLICE))
    assert "999" in " ".join(report.danger_words(AgencyType.SCHOOL))


@pytest.mark.parametrize(("clock", "day"), [("00:10", 22), ("00:30", 21), ("23:50", 21)])
def test_a_time_later_than_now_was_yesterdays(clock, day):
    now = datetime.datetime(2026, 11, 22, 0, 20, tzinfo=LONDON)
    moment = report.time_before(datetime.time.fromisoformat(clock), now)
    assert moment.day == day and moment <= now


def test_every_answer_about_the_family_says_whether_it_is_safe_to_tell():
    assert set(TOLD_AS_CODES) == set(FamilyTold)
    unsafe = {told for told, (_, _, safe) in TOLD_AS_CODES.items() if safe == Answer.NO}
    assert unsafe == {FamilyTold.NOT_SAFE, FamilyTold.NOT_SAFE_NOW}


def test_no_sign_has_two_meanings():
    codes = [sign.code for _, _, group in signs.HEADINGS for sign in group]
    assert len(codes) == len(set(codes))
