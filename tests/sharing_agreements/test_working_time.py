"""Working days and hub hours: bank holidays, weekends, both clock changes."""

import datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sharing_agreements import queries
from sharing_agreements.models import WorkingDay
from sharing_agreements.working_time import (
    LONDON,
    Calendar,
    CalendarEnds,
    add_working_days,
    add_working_minutes,
    is_open,
    next_opening,
    working_days_between,
    working_minutes_between,
)

Day, Time = datetime.date, datetime.time
EASTER_2026 = frozenset({Day(2026, 4, 3), Day(2026, 4, 6)})
OFFICE = Calendar(
    Day(2025, 1, 1),
    Day(2027, 12, 31),
    EASTER_2026,
    {n: (Time(8, 30), Time(17)) for n in range(5)},
)
ROUND_THE_CLOCK = Calendar(
    Day(2025, 1, 1),
    Day(2027, 12, 31),
    frozenset(),
    {n: (Time(0), Time(0)) for n in range(7)},
)

moments = st.datetimes(
    datetime.datetime(2026, 1, 1),
    datetime.datetime(2026, 12, 31),
    timezones=st.just(datetime.UTC),
)
around_the_clock_changes = st.one_of(
    st.datetimes(
        datetime.datetime(2026, 3, 27),
        datetime.datetime(2026, 3, 31),
        timezones=st.just(datetime.UTC),
    ),
    st.datetimes(
        datetime.datetime(2026, 10, 23),
        datetime.datetime(2026, 10, 27),
        timezones=st.just(datetime.UTC),
    ),
)
calendars = st.sampled_from([OFFICE, ROUND_THE_CLOCK])


def london(*parts: int) -> datetime.datetime:
    return datetime.datetime(*parts, tzinfo=LONDON)


def test_four_hours_from_friday_afternoon_before_easter_end_on_the_tuesday_after():
    thursday = london(2026, 4, 2, 15, 0)
    assert add_working_minutes(thursday, 240, OFFICE) == london(2026, 4, 7, 10, 30)


def test_the_last_minute_of_a_day_ends_at_closing_and_not_at_the_next_opening():
    assert add_working_minutes(london(2026, 6, 1, 16, 0), 60, OFFICE) == london(2026, 6, 1, 17, 0)


def test_a_hub_open_round_the_clock_loses_an_hour_in_march_and_gains_one_in_october():
    assert working_minutes_between(london(2026, 3, 29, 0), london(2026, 3, 30, 0), ROUND_THE_CLOCK) == 23 * 60
    assert working_minutes_between(london(2026, 10, 25, 0), london(2026, 10, 26, 0), ROUND_THE_CLOCK) == 25 * 60


def test_office_hours_on_the_monday_after_a_clock_change_are_local_hours():
    assert next_opening(london(2026, 3, 28, 12, 0), OFFICE) == datetime.datetime(
        2026, 3, 30, 7, 30, tzinfo=datetime.UTC
    )
    assert next_opening(london(2026, 10, 24, 12), OFFICE) == datetime.datetime(2026, 10, 26, 8, 30, tzinfo=datetime.UTC)


def test_closing_time_itself_is_closed_and_opening_time_is_open():
    assert is_open(london(2026, 6, 1, 8, 30), OFFICE)
    assert not is_open(london(2026, 6, 1, 17, 0), OFFICE)
    assert not is_open(london(2026, 4, 3, 12, 0), OFFICE)


def test_a_day_the_calendar_does_not_hold_is_refused_not_guessed():
    with pytest.raises(CalendarEnds):
        add_working_minutes(london(2027, 12, 31, 16, 0), 600, OFFICE)
    with pytest.raises(CalendarEnds):
        add_working_days(Day(2027, 12, 30), 5, OFFICE)


def test_a_time_without_a_zone_is_refused():
    with pytest.raises(ValueError, match="time zone"):
        is_open(datetime.datetime(2026, 6, 1, 12, 0), OFFICE)


@given(st.one_of(moments, around_the_clock_changes), st.integers(0, 20_000), calendars)
def test_adding_minutes_and_measuring_them_agree(start: datetime.datetime, minutes: int, calendar: Calendar):
    assert working_minutes_between(start, add_working_minutes(start, minutes, calendar), calendar) == minutes


@given(
    st.one_of(moments, around_the_clock_changes),
    st.integers(0, 5_000),
    st.integers(0, 5_000),
    calendars,
)
def test_adding_twice_is_adding_the_sum(start: datetime.datetime, first: int, second: int, calendar: Calendar):
    twice = add_working_minutes(add_working_minutes(start, first, calendar), second, calendar)
    once = add_working_minutes(start, first + second, calendar)
    assert working_minutes_between(min(once, twice), max(once, twice), calendar) == 0


@given(st.one_of(moments, around_the_clock_changes), calendars)
def test_the_next_opening_is_open_and_nothing_before_it_is(start: datetime.datetime, calendar: Calendar):
    opens = next_opening(start, calendar)
    assert opens >= start
    assert is_open(opens, calendar)
    assert working_minutes_between(start, opens, calendar) == 0


@given(moments, st.sampled_from(["Europe/London", "America/New_York", "Asia/Tokyo"]))
def test_the_zone_a_time_is_written_in_changes_nothing(start: datetime.datetime, zone: str):
    assert add_working_minutes(start.astimezone(ZoneInfo(zone)), 500, OFFICE) == add_working_minutes(start, 500, OFFICE)


@given(st.dates(Day(2026, 1, 1), Day(2026, 12, 31)), st.integers(1, 100))
def test_adding_working_days_and_counting_them_agree(day: Day, days: int):
    later = add_working_days(day, days, OFFICE)
    assert OFFICE.is_working_day(later)
    assert working_days_between(day, later, OFFICE) == days
    assert add_working_days(add_working_days(later, days, OFFICE), -days, OFFICE) == later


@pytest.mark.django_db
def test_the_calendar_table_and_the_functions_count_the_same_days():
    calendar = queries.calendar()
    numbers = dict(WorkingDay.objects.values_list("date", "number"))
    working = {d for d, yes in WorkingDay.objects.values_list("date", "is_working") if yes}
    assert tuple(sorted(working)) == calendar.working_days()
    start = Day(2023, 1, 1)
    assert all(working_days_between(start, day, calendar) == number for day, number in numbers.items())


@pytest.mark.django_db
def test_every_year_from_2023_to_2028_has_its_eight_bank_holidays_and_2023_one_more():
    held = [d for d in WorkingDay.objects.exclude(bank_holiday="").values_list("date", flat=True)]
    assert {year: sum(d.year == year for d in held) for year in range(2023, 2029)} == {
        2023: 9,
        2024: 8,
        2025: 8,
        2026: 8,
        2027: 8,
        2028: 8,
    }
    assert all(d.weekday() < 5 for d in held)


@pytest.mark.django_db
def test_the_hub_is_open_half_past_eight_to_five_until_a_partnership_says_otherwise(
    django_assert_num_queries,
):
    with django_assert_num_queries(2):
        calendar = queries.calendar()
    assert is_open(london(2026, 11, 23, 8, 30), calendar)
    assert not is_open(london(2026, 11, 22, 12, 0), calendar)
