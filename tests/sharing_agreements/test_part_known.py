"""Dates as a program or a file writes them: what can be read, how exactly, and that saying them again loses nothing."""

import datetime
import re

import pytest

from sharing_agreements.part_known import PAST, WRITTEN, read
from sharing_agreements.vocabulary import Precision

READ = [
    ("2016-05-09", (2016, 5, 9), Precision.DAY),
    ("2016-05", (2016, 5, 1), Precision.MONTH),
    ("2016", (2016, 1, 1), Precision.YEAR),
    ("about 2014", (2014, 1, 1), Precision.ESTIMATED),
    ("due 2027-01-14", (2027, 1, 14), Precision.DUE),
]
NOT_READ = [
    "",
    "2016-5-9",
    "09/05/2016",
    "2016-02-30",
    "1899",
    "about 2014-05",
    "due 2027",
    "soon",
    "2016-05-09 ",
    "20166",
]


@pytest.mark.parametrize(("text", "day", "precision"), READ)
def test_a_date_is_read_as_exactly_as_it_is_known(text, day, precision):
    assert read(text) == (datetime.date(*day), precision)
    assert re.fullmatch(WRITTEN, text)


def test_not_known_is_an_answer():
    assert read("not known") == (None, Precision.UNKNOWN)


@pytest.mark.parametrize("text", NOT_READ)
def test_what_is_no_date_is_not_read(text):
    assert read(text) is None


def test_what_happened_is_not_due():
    assert not re.fullmatch(PAST, "due 2027-01-14")
