"""How sure it is that two accounts are one person, field by field."""

import pytest

from referrals.rules import matching
from referrals.rules.matching import Agreement
from referrals.vocabulary import MatchBand


@pytest.mark.parametrize(
    ("pair", "band"),
    [
        (("same", "same", "unknown"), MatchBand.SURE),
        (("same", "same", "different"), MatchBand.SURE),
        (("known_as", "same", "unknown"), MatchBand.SURE),
        (("swapped", "same", "unknown"), MatchBand.SURE),
        (("same", "guess", "same_home"), MatchBand.SURE),
        (("same", "part", "same_postcode"), MatchBand.SURE),
        (("same", "guess", "unknown"), MatchBand.CHECK),
        (("same", "part", "different"), MatchBand.CHECK),
        (("same", "close", "unknown"), MatchBand.CHECK),
        (("same", "unknown", "same_home"), MatchBand.CHECK),
        (("same", "unknown", "unknown"), None),
        (("similar", "same", "unknown"), MatchBand.CHECK),
        (("similar", "unknown", "same_home"), MatchBand.CHECK),
        (("similar", "part", "unknown"), None),
        (("part", "same", "unknown"), MatchBand.CHECK),
        (("part", "unknown", "same_home"), None),
        (("family", "same", "same_home"), MatchBand.CHECK),
        (("family", "due", "same_home"), MatchBand.CHECK),
        (("family", "same", "unknown"), None),
        (("family", "unknown", "same_home"), None),
    ],
)
def test_each_agreement_has_its_band(pair, band):
    assert matching.band_of(Agreement(*pair)) == band


def test_twins_are_never_sure_and_the_screen_says_so():
    twins = Agreement("family", "same", "same_home")
    assert matching.band_of(twins) is MatchBand.CHECK
    assert "may_be_twins" in matching.reasons_of(twins)


def test_every_reason_has_words():
    for name in ("same", "known_as", "swapped", "similar", "part", "family"):
        for born in ("same", "guess", "part", "close", "due", "unknown"):
            for place in ("same_home", "same_postcode", "different", "unknown"):
                codes = matching.reasons_of(Agreement(name, born, place))
                assert all(matching.WORDS[code] for code in codes)
