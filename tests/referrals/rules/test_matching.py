"""How sure it is that two accounts are one person: bands, the cap for brothers, sisters and twins, and the words."""

import re
from pathlib import Path

import pytest
from django.conf import settings

from referrals.rules import matching
from referrals.rules.matching import Agreement
from referrals.vocabulary import MatchBand

LIKELY = 3.0
ALIKE = ("given_same", "family_same", "born_same")


@pytest.mark.parametrize(
    ("score", "levels", "band"),
    [
        (LIKELY, ALIKE, MatchBand.SURE),
        (LIKELY - 0.01, ALIKE, MatchBand.CHECK),
        (9.0, ("given_other", "family_same", "born_near"), MatchBand.CHECK),
        (9.0, ("given_near", "family_same", "born_same"), MatchBand.CHECK),
        (9.0, ("given_initial", "family_same", "born_same"), MatchBand.CHECK),
        (9.0, ("given_unknown", "family_same", "born_same"), MatchBand.CHECK),
        (9.0, (*ALIKE, "may_be_twins"), MatchBand.CHECK),
        (9.0, ("given_other", "family_same", "born_same", "phone_same"), MatchBand.CHECK),
        (9.0, ("given_other", "family_same", "born_same", "may_be_twins", "nhs_same"), MatchBand.SURE),
        (9.0, ("given_other", "family_same", "born_same", "may_be_twins", "upn_same"), MatchBand.SURE),
        (9.0, ("given_variant", "family_mistyped", "born_flipped"), MatchBand.SURE),
        (9.0, ("given_mistyped", "family_same", "born_same", "line_same"), MatchBand.CHECK),
        (9.0, ("given_sounds", "family_same", "born_same", "line_mistyped"), MatchBand.CHECK),
        (9.0, ("given_part", "family_same", "born_same", "postcode_same"), MatchBand.CHECK),
        (9.0, ("given_variant", "family_same", "born_same", "line_same"), MatchBand.CHECK),
        (9.0, ("given_mistyped", "family_same", "born_same", "line_same", "upn_same"), MatchBand.SURE),
        (9.0, ("given_mistyped", "family_same", "born_same", "line_other"), MatchBand.SURE),
    ],
)
def test_each_agreement_has_its_band(score, levels, band):
    assert matching.band_of(Agreement(levels, score, LIKELY)) == band


def test_reasons_carry_their_weight_and_leave_out_what_is_not_known():
    pair = Agreement(("given_same", "family_sounds", "sex_unknown", "born_other"), 1.0, LIKELY)
    reasons = matching.reasons_of(pair, {"given_same": 1.83, "family_sounds": 3.14, "born_other": -4.7})
    assert reasons == [["given_same", 1.8], ["family_sounds", 3.1], ["born_other", -4.7]]
    assert matching.in_words(reasons) == [
        "First name the same +1.8",
        "Surname sounds alike +3.1",
        "Other date of birth \N{MINUS SIGN}4.7",
    ]


def test_a_match_made_before_agreement_was_weighed_still_has_words():
    assert matching.in_words(["name_known_as", "born_same"]) == [
        "Same name, by what they are known as",
        "Date of birth the same",
    ]


def test_every_code_the_database_may_answer_has_words():
    sql = "".join(path.read_text() for path in Path(settings.BASE_DIR, "sharing_agreements", "sql").glob("0030_*.sql"))
    fields = "given family born sex line postcode town".split()
    codes = set(re.findall(rf"\b(?:{'|'.join(fields)})_(?:[a-z]+)\b", sql))
    codes = {
        code
        for code in codes
        if not re.search(r"_(words|name|on|precision|same_person|level|first|from|until|last|years|code|key)$", code)
    }
    numbers = {f"{field}_{end}" for field in ("nhs", "upn", "phone") for end in ("same", "other", "unknown")}
    assert len(codes) > 30
    assert {*codes, *numbers, "home_other_name", "may_be_twins"} - set(matching.WORDS) == set()
