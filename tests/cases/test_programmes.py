"""B7: which needs count towards which programme, since when; and who is shown it."""

import datetime
from itertools import combinations

import pytest

from cases.rules.programmes import EARLIER, SUPPORTING_FAMILIES, Evidence, count
from cases.vocabulary import OutcomeHeading

H = OutcomeHeading
DAY = datetime.timedelta(days=1)
FIRST = datetime.date(2026, 3, 2)


def needs(*headings: OutcomeHeading) -> list[Evidence]:
    return [Evidence(one, FIRST + number * DAY, one.label, "School") for number, one in enumerate(headings)]


@pytest.mark.parametrize("number", range(5))
def test_any_three_of_the_ten_are_enough_and_two_are_not(number):
    for some in combinations(H, number):
        found = count(SUPPORTING_FAMILIES, needs(*some))
        assert (found.met, found.is_met) == (number, number >= 3), some
        assert found.since == (FIRST + 2 * DAY if number >= 3 else None)


def test_several_needs_under_one_heading_count_once():
    assert count(SUPPORTING_FAMILIES, needs(H.MONEY, H.MONEY, H.MONEY)).met == 1


@pytest.mark.parametrize(
    ("headings", "met"),
    [
        ((), 0),
        ((H.CRIME,), 1),
        ((H.CRIME, H.EDUCATION), 2),
        ((H.EARLY_YEARS, H.RELATIONSHIPS, H.SAFE_FROM_HARM), 1),
        ((H.HEALTH, H.SUBSTANCES), 1),
        ((H.HOUSING, H.CRIME), 1),
        ((H.MONEY, H.DOMESTIC_ABUSE), 2),
        (tuple(H), 6),
    ],
)
def test_the_earlier_programme_asks_for_two_of_six(headings, met):
    found = count(EARLIER, needs(*headings))
    assert (found.met, found.is_met, found.programme.of) == (met, met >= 2, 6)


def test_every_criterion_says_its_evidence_oldest_first():
    found = count(EARLIER, [*needs(H.HEALTH), Evidence(H.SUBSTANCES, FIRST - DAY, "Drinking", "Health")])
    health = next(one for one in found.criteria if one.evidence)
    assert [one.title for one in health.evidence] == ["Drinking", H.HEALTH.label]
    assert health.since == FIRST - DAY
