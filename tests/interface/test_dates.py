"""Dates as far as they are known: what may be typed, what is refused, and how they are said."""

import datetime

import pytest
import time_machine
from django.core.exceptions import ValidationError

from earlyhelp.templatetags.interface import clock, day, day_and_clock, part_known
from sharing_agreements.fields import BaseForm, DateBoxesField, PartKnownDateField
from sharing_agreements.part_known import PartKnownDate
from sharing_agreements.vocabulary import Precision

TODAY = datetime.date(2026, 11, 22)
FIELD = {"label": "Date of birth", "age": True, "due": True}


@pytest.fixture(autouse=True)
def today():
    with time_machine.travel(datetime.datetime(2026, 11, 22, 12, tzinfo=datetime.UTC), tick=False):
        yield


@pytest.mark.parametrize(
    ("typed", "date", "precision", "said"),
    [
        ({"day": "2", "month": "3", "year": "2016"}, datetime.date(2016, 3, 2), Precision.DAY, "2 March 2016"),
        ({"day": "2", "month": "mar", "year": "2016"}, datetime.date(2016, 3, 2), Precision.DAY, "2 March 2016"),
        ({"month": "3", "year": "2016"}, datetime.date(2016, 3, 1), Precision.MONTH, "March 2016 (month known)"),
        ({"year": " 2016 "}, datetime.date(2016, 1, 1), Precision.YEAR, "2016 (year known)"),
        ({"age": "12"}, datetime.date(2014, 1, 1), Precision.ESTIMATED, "about 2014"),
        (
            {"day": "3", "month": "5", "year": "2027", "due": "on"},
            datetime.date(2027, 5, 3),
            Precision.DUE,
            "due 3 May 2027",
        ),
        ({"unknown": "on"}, None, Precision.UNKNOWN, "not known"),
    ],
)
def test_a_date_is_kept_as_exactly_as_it_is_known(typed: dict, date: datetime.date, precision: str, said: str) -> None:
    cleaned = PartKnownDateField(**FIELD).clean(typed)
    assert cleaned == PartKnownDate(date, precision)
    assert part_known(cleaned) == part_known(date, precision) == said


@pytest.mark.parametrize(
    ("typed", "parts", "message"),
    [
        ({}, ["day", "month", "year"], "Enter date of birth, or tick “Not known”"),
        ({"day": "2", "month": "3"}, ["year"], "Date of birth must include a year"),
        ({"day": "2", "year": "2016"}, ["month"], "Date of birth must include a month"),
        ({"day": "ab", "month": "3", "year": "2016"}, ["day"], "Date of birth: day must be a number from 1 to 31"),
        ({"month": "13", "year": "2016"}, ["month"], "Date of birth: month must be a number from 1 to 12"),
        ({"year": "16"}, ["year"], "Date of birth: year must have 4 numbers, like 2016"),
        ({"year": "²⁰¹⁶"}, ["year"], "Date of birth: year must have 4 numbers, like 2016"),
        ({"day": "31", "month": "2", "year": "2016"}, ["day", "month"], "Date of birth must be a real date"),
        ({"age": "old"}, ["age"], "Date of birth: age must be a number from 0 to 120"),
        ({"year": "2016", "unknown": "on"}, ["year"], "Date of birth: give one answer only"),
        ({"age": "3", "unknown": "on"}, ["age", "unknown"], "Date of birth: give one answer only"),
        ({"due": "on"}, ["day", "month", "year"], "Enter the due date; your best estimate will do"),
        ({"month": "5", "year": "2027", "due": "on"}, ["day"], "Enter the whole due date; your best estimate will do"),
        ({"age": "3", "due": "on"}, ["age"], "Date of birth: give one answer only"),
    ],
)
def test_a_wrong_date_names_the_boxes_at_fault(typed: dict, parts: list[str], message: str) -> None:
    with pytest.raises(ValidationError) as refused:
        PartKnownDateField(**FIELD).clean(typed)
    assert refused.value.message == message
    assert refused.value.params == {"parts": parts}


def test_a_question_that_may_be_left_blank_cleans_to_nothing() -> None:
    assert PartKnownDateField(required=False).clean({}) is None
    assert DateBoxesField(required=False).clean({"day": "", "month": " "}) is None


def test_a_question_left_blank_is_asked_again_in_its_own_words() -> None:
    with pytest.raises(ValidationError, match="Answer “When did you see the child\\?”"):
        DateBoxesField(label="When did you see the child?").clean({})


def test_a_whole_date_needs_every_box() -> None:
    with pytest.raises(ValidationError) as refused:
        DateBoxesField(label="When?").clean({"day": "2"})
    assert refused.value.params == {"parts": ["month", "year"]}
    assert DateBoxesField().clean({"day": "29", "month": "2", "year": "2024"}) == datetime.date(2024, 2, 29)


def test_a_date_on_the_wrong_side_of_today_is_refused() -> None:
    tomorrow = {"day": "23", "month": "11", "year": "2026"}
    with pytest.raises(ValidationError):
        DateBoxesField(past=True).clean(tomorrow)
    assert DateBoxesField(future=True).clean(tomorrow) == datetime.date(2026, 11, 23)
    with pytest.raises(ValidationError):
        DateBoxesField(future=True).clean({"day": "21", "month": "11", "year": "2026"})


class BirthForm(BaseForm):
    birth = PartKnownDateField(age=True, due=True)
    seen = DateBoxesField(required=False)


def test_what_was_typed_comes_back_right_or_wrong() -> None:
    typed = {"birth_day": "ab", "birth_month": " x ", "birth_year": "19<b>", "birth_age": "seven", "birth_due": "on"}
    page = str(BirthForm(typed))
    for text in ("ab", " x ", "19&lt;b&gt;", "seven"):
        assert f'value="{text}"' in page
    assert page.count(" checked") == 1


@pytest.mark.parametrize(
    "known",
    [
        PartKnownDate(datetime.date(2016, 3, 2), Precision.DAY),
        PartKnownDate(datetime.date(2016, 3, 1), Precision.MONTH),
        PartKnownDate(datetime.date(2016, 1, 1), Precision.YEAR),
        PartKnownDate(datetime.date(2027, 5, 3), Precision.DUE),
        PartKnownDate(None, Precision.UNKNOWN),
    ],
)
def test_a_stored_date_put_in_the_boxes_and_sent_again_is_the_same_date(known: PartKnownDate) -> None:
    assert PartKnownDateField(**FIELD).clean(known.typed()) == known


def test_an_estimate_put_in_the_boxes_stays_an_estimate() -> None:
    known = PartKnownDate(datetime.date(2014, 1, 1), Precision.ESTIMATED)
    assert PartKnownDateField(**FIELD).clean(known.typed(today=TODAY)) == known


def test_dates_and_times_are_said_the_same_way_everywhere() -> None:
    moment = datetime.datetime(2026, 7, 2, 13, 20, tzinfo=datetime.UTC)
    assert day(datetime.date(2016, 3, 2)) == "2 March 2016"
    assert clock(moment) == "14:20"
    assert day_and_clock(moment) == "2 July 2026, 14:20"
    assert day(None) == "not known"
