"""The time strip and the needs over time: counts in, bursts, silences and headings out."""

import datetime
from itertools import pairwise
from uuid import UUID

from hypothesis import given, settings
from hypothesis import strategies as st

from cases.presenting.ecomap import Around, Part, ecomap
from cases.presenting.needs_grid import NeedDays, needs_grid
from cases.presenting.time_strip import AGENCIES_SHOWN, LEFT, Moved, time_strip
from cases.vocabulary import OutcomeHeading

TODAY = datetime.date(2026, 11, 29)
POLICE, SCHOOL = UUID(int=1), UUID(int=2)
NAMES = {POLICE: "Marlbeck Constabulary", SCHOOL: "Quarry Hill Primary"}
H = OutcomeHeading


def month(year: int, number: int) -> datetime.date:
    return datetime.date(year, number, 1)


def test_bursts_silences_and_moves_are_said_in_words():
    counts = {(month(2025, 1), POLICE): 1, (month(2025, 2), SCHOOL): 1, (month(2026, 9), POLICE): 6}
    strip = time_strip(counts, NAMES, [Moved(datetime.date(2025, 2, 14), "Stepped down")], today=TODAY)
    assert strip
    assert strip.bursts == ["September 2026 (6)"]
    assert strip.quiet == ["March 2025 to August 2026"]
    assert strip.moved == ["Stepped down, 14 February 2025"]
    assert [(line.name, line.first, line.last, line.number) for line in strip.lines] == [
        ("Marlbeck Constabulary", "January 2025", "September 2026", 7),
        ("Quarry Hill Primary", "February 2025", "February 2025", 1),
    ]
    assert strip.number == 8


def test_a_short_history_is_drawn_within_a_year():
    strip = time_strip({(month(2026, 11), SCHOOL): 2}, NAMES, [], today=TODAY)
    assert strip
    (bar,) = strip.bars
    assert bar.words == "November 2026: 2"
    assert bar.width * 12 <= strip.width - LEFT and bar.x + bar.width > strip.width - bar.width - 20
    assert [year.words for year in strip.years] == ["2026"]


def test_a_steady_history_has_neither():
    counts = {(month(2026, number), SCHOOL): 2 for number in range(1, 12)}
    strip = time_strip(counts, NAMES, [], today=TODAY)
    assert strip
    assert (strip.bursts, strip.quiet) == ([], [])


def test_what_stopped_half_a_year_ago_is_silent_until_today():
    strip = time_strip({(month(2026, 1), SCHOOL): 1}, NAMES, [], today=TODAY)
    assert strip
    assert strip.quiet == ["February to November 2026"]
    assert time_strip({(month(2026, 7), SCHOOL): 1}, NAMES, [], today=TODAY).quiet == []


def test_there_is_no_strip_of_nothing():
    assert time_strip({}, NAMES, [], today=TODAY) is None


MONTHS = st.dates(datetime.date(1998, 1, 1), TODAY).map(lambda day: day.replace(day=1))
AGENCIES = {UUID(int=number): f"Agency {number}" for number in range(1, 12)}


@settings(max_examples=200, deadline=None, derandomize=True)
@given(
    st.dictionaries(st.tuples(MONTHS, st.sampled_from(sorted(AGENCIES))), st.integers(1, 300), min_size=1, max_size=60)
)
def test_everything_counts_once_and_stays_on_the_strip(counts):
    strip = time_strip(counts, AGENCIES, [Moved(day, "Closed") for day, _ in counts], today=TODAY)
    assert strip
    assert sum(bar.number for bar in strip.bars) == sum(counts.values()) == strip.number
    assert len(strip.bars) <= 60
    for bar in strip.bars:
        assert LEFT <= bar.x and bar.x + bar.width <= strip.width and 0 < bar.y < strip.base
    for line in strip.lines:
        assert all(LEFT <= dot.x <= strip.width for dot in line.dots) and line.y < strip.height
    assert len(strip.lines) <= AGENCIES_SHOWN
    covered = {bar.x for bar in strip.bars}
    for x, wide in strip.silences:
        assert not any(x <= bar < x + wide for bar in covered)
    assert all(LEFT <= mark.x <= strip.width for mark in (*strip.years, *strip.moves))


def test_a_heading_counts_once_a_month_however_many_needs_it_has():
    needs = [
        NeedDays(H.HEALTH, datetime.date(2026, 1, 10), datetime.date(2026, 3, 2)),
        NeedDays(H.HEALTH, datetime.date(2026, 2, 1), None),
        NeedDays(H.HOUSING, datetime.date(2026, 2, 20), datetime.date(2026, 5, 1)),
    ]
    grid = needs_grid(needs, today=TODAY)
    assert grid
    assert [column.count for column in grid.columns] == [1, 2, 2, 2, 2, 1, 1, 1, 1, 1, 1]
    assert (grid.now, grid.ever, grid.most, grid.most_when) == (1, 2, 2, "February 2026")
    assert len(grid.lines) == 10
    assert {line.name: line.when for line in grid.lines if line.runs} == {
        H.HEALTH.label: "since January 2026",
        H.HOUSING.label: "February to May 2026",
    }


def test_a_need_that_ended_this_month_is_not_open():
    grid = needs_grid([NeedDays(H.MONEY, datetime.date(2026, 1, 1), datetime.date(2026, 11, 3))], today=TODAY)
    assert grid
    assert (grid.now, grid.ever) == (0, 1)
    assert [line.when for line in grid.lines if line.runs] == ["until November 2026"]


def test_no_need_no_picture():
    assert needs_grid([], today=TODAY) is None


@settings(max_examples=200, deadline=None, derandomize=True)
@given(
    st.lists(
        st.builds(Around, st.text("abc defgh", min_size=1, max_size=90).filter(str.strip), st.sampled_from(Part),
                  st.text("xyz w", max_size=200)),
        max_size=25,
    )
)  # fmt: skip
def test_boxes_of_an_ecomap_never_meet_and_the_closest_stand_first(around):
    drawn = ecomap("Marsh family", around)
    assert sorted(box.around.name for box in drawn.boxes) == sorted(one.name for one in around)
    for column in {box.x for box in drawn.boxes}:
        boxes = sorted((box for box in drawn.boxes if box.x == column), key=lambda box: box.y)
        assert all(one.y + one.height < other.y for one, other in pairwise(boxes))
        ranks = [list(Part).index(box.around.part) for box in boxes]
        assert ranks == sorted(ranks)
    for box in drawn.boxes:
        assert 0 < box.y and box.y + box.height < drawn.height and box.x + 250 < drawn.width
        assert round(((box.x2 - drawn.x) ** 2 + (box.y2 - drawn.y) ** 2) ** 0.5) in range(62, 67)
