"""When a school must know, about which children, and when what has not arrived becomes an alarm: as tables."""

import datetime

import pytest

from referrals.rules import school_notices as rules
from referrals.rules.school_notices import SchoolDays, Standing, Written
from referrals.vocabulary import ConcernKind, NoNotice, NoticePlace, WasThere
from sharing_agreements.part_known import PartKnownDate
from sharing_agreements.vocabulary import Precision
from sharing_agreements.working_time import LONDON, Calendar

DATE = datetime.date
CHRISTMAS = frozenset({DATE(2026, 12, 25), DATE(2026, 12, 28), DATE(2027, 1, 1), DATE(2026, 8, 31)})
CALENDAR = Calendar(DATE(2026, 1, 1), DATE(2027, 12, 31), CHRISTMAS, {})
TERMS = (
    (DATE(2026, 4, 13), DATE(2026, 5, 22)),
    (DATE(2026, 6, 1), DATE(2026, 7, 21)),
    (DATE(2026, 9, 2), DATE(2026, 10, 23)),
    (DATE(2026, 11, 2), DATE(2026, 12, 18)),
    (DATE(2027, 1, 5), DATE(2027, 2, 12)),
)
DAYS = SchoolDays(TERMS, CALENDAR)


def london(day: str, time: str) -> datetime.datetime:
    return datetime.datetime.fromisoformat(f"{day}T{time}").replace(tzinfo=LONDON)


@pytest.mark.parametrize(
    ("sent", "starts", "utc"),
    [
        (("2026-11-10", "02:15"), "2026-11-10", 8),  # in the night: this morning
        (("2026-11-10", "08:29"), "2026-11-10", 8),
        (("2026-11-10", "08:30"), "2026-11-11", 8),  # the day has begun: tomorrow
        (("2026-11-13", "21:40"), "2026-11-16", 8),  # Friday evening: Monday
        (("2026-11-15", "03:00"), "2026-11-16", 8),  # Sunday
        (("2026-05-02", "12:00"), "2026-05-04", 7),  # in British summer time
        (("2026-10-23", "20:00"), "2026-11-02", 8),  # before half term: the clocks go back in it
        (("2026-03-28", "23:00"), "2026-03-30", 7),  # the night the clocks go forward; no term is known yet
        (("2026-08-04", "12:00"), "2026-09-02", 7),  # summer holiday
        (("2026-12-18", "19:00"), "2027-01-05", 8),  # Christmas, New Year and the days between
        (("2027-05-01", "12:00"), "2027-05-03", 7),  # after the last known term every working day counts
    ],
)
def test_the_next_school_day_begins_at_half_past_eight_in_london(sent, starts, utc):
    found = DAYS.next_start(london(*sent))
    assert found == london(starts, "08:30") and found.astimezone(datetime.UTC).hour == utc
    assert rules.alarm_at(found) == london(starts, "07:00")


def test_a_bank_holiday_in_a_term_is_no_school_day():
    may = SchoolDays(TERMS, Calendar(DATE(2026, 1, 1), DATE(2027, 12, 31), frozenset({DATE(2026, 5, 4)}), {}))
    assert may.next_start(london("2026-05-02", "12:00")) == london("2026-05-05", "08:30")


def test_where_no_term_is_known_every_working_day_is_a_school_day():
    assert SchoolDays((), CALENDAR).next_start(london("2026-08-28", "20:00")) == london("2026-09-01", "08:30")


@pytest.mark.parametrize(
    ("born", "precision", "on", "owed"),
    [
        (DATE(2022, 8, 31), Precision.DAY, DATE(2026, 9, 1), True),  # reception begins
        (DATE(2022, 9, 1), Precision.DAY, DATE(2026, 9, 1), False),
        (DATE(2022, 8, 31), Precision.DAY, DATE(2026, 8, 31), False),  # a nursery child until September
        (DATE(2008, 11, 11), Precision.DAY, DATE(2026, 11, 10), True),  # the day before 18
        (DATE(2008, 11, 10), Precision.DAY, DATE(2026, 11, 10), False),
        (DATE(2022, 8, 1), Precision.MONTH, DATE(2026, 11, 10), True),
        (DATE(2022, 9, 1), Precision.MONTH, DATE(2026, 11, 10), False),
        (DATE(2008, 11, 1), Precision.MONTH, DATE(2026, 11, 10), True),  # may still be 17
        (DATE(2008, 12, 1), Precision.MONTH, DATE(2027, 1, 10), False),
        (DATE(2022, 1, 1), Precision.YEAR, DATE(2026, 11, 10), True),  # may have been born by August
        (DATE(2023, 1, 1), Precision.YEAR, DATE(2026, 11, 10), False),
        (DATE(2008, 1, 1), Precision.ESTIMATED, DATE(2026, 11, 10), True),
        (DATE(2007, 1, 1), Precision.ESTIMATED, DATE(2026, 11, 10), False),
        (DATE(2027, 1, 14), Precision.DUE, DATE(2026, 11, 10), False),
        (None, Precision.UNKNOWN, DATE(2026, 11, 10), True),
    ],
)
def test_from_reception_to_the_eighteenth_birthday(born, precision, on, owed):
    assert rules.may_be_at_school(PartKnownDate(born, precision), on) is owed


@pytest.mark.parametrize(
    ("concern", "tags", "owed"),
    [
        (ConcernKind.DOMESTIC_ABUSE, (), True),
        (ConcernKind.NEGLECT, ("domestic_abuse",), True),
        (ConcernKind.NEGLECT, ("physical",), False),
    ],
)
def test_a_notice_is_owed_for_domestic_abuse_mainly_or_among_other_things(concern, tags, owed):
    assert rules.is_owed(concern, tags) is owed


WHOLE = {"school": True, "there": WasThere.HEARD, "place": NoticePlace.HOME, "circumstances": "An argument."}


@pytest.mark.parametrize(
    ("said", "missing"),
    [
        (WHOLE, []),
        (WHOLE | {"school": False}, ["school"]),
        (WHOLE | {"none": NoNotice.NOT_AT_SCHOOL}, ["school"]),
        (WHOLE | {"there": None}, ["there"]),
        (WHOLE | {"place": None}, ["place"]),
        (WHOLE | {"circumstances": " "}, ["circumstances"]),
        ({"school": False, "none": NoNotice.NOT_AT_SCHOOL}, []),
        ({"school": False, "none": NoNotice.TOLD_BY_TELEPHONE}, ["none_words"]),
        ({"school": False, "none": NoNotice.TOLD_BY_TELEPHONE, "none_words": "Ms Ray"}, []),
    ],
)
def test_what_a_notice_still_lacks(said, missing):
    assert [name for name, _ in rules.missing_from(Written(**said))] == missing


def test_what_reached_nobody_alarms_at_seven_and_what_nobody_acknowledged_as_the_day_begins():
    seven, half_past_eight = london("2026-11-10", "07:00"), london("2026-11-10", "08:30")
    early, before = seven - datetime.timedelta(seconds=1), half_past_eight - datetime.timedelta(seconds=1)

    def stand(sent: bool, received: bool) -> Standing:
        return Standing(sent, sent, received, seven, half_past_eight)

    nobody, unread, read = stand(False, False), stand(True, False), stand(True, True)
    assert [rules.is_alarm(nobody, at) for at in (early, seven, half_past_eight)] == [False, True, True]
    assert [rules.is_alarm(one, half_past_eight) for one in (unread, read)] == [False, False]
    assert [rules.is_raised(unread, at) for at in (seven, before, half_past_eight)] == [False, False, True]
    assert rules.is_raised(nobody, half_past_eight) and not rules.is_raised(read, half_past_eight)
