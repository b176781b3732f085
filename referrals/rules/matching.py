"""How sure it is that two accounts are one person. The ground compares field by field and weighs; here the bands.

Never certain enough to act alone: "likely" still waits for a person (decision 0074). Brothers and sisters share
everything but the first name, twins the day of birth too, so another first name is capped below likely and says why.
"""

from dataclasses import dataclass

from referrals.vocabulary import MatchBand

OTHER_FIRST_NAME = frozenset({"given_other", "given_near", "given_initial", "given_unknown", "may_be_twins"})
LIKE_FIRST_NAME = frozenset({"given_part", "given_variant", "given_mistyped", "given_sounds"})
AT_HOME = frozenset({"line_same", "line_mistyped", "postcode_same"})
"""Twins have names that rhyme, share a middle name or are called after one another: at one home that is not enough."""
NUMBERS_OF_ONE_PERSON = frozenset({"nhs_same", "upn_same"})
"""What nobody shares, unlike an address or a telephone."""

WORDS = {
    "given_same": "First name the same",
    "given_part": "One of the first names the same",
    "given_variant": "First name is a short form or another spelling",
    "given_mistyped": "First name one or two letters apart",
    "given_sounds": "First name sounds alike",
    "given_near": "First name a little alike",
    "given_initial": "First name given as a letter only",
    "given_swapped": "First name stands in the other's surname box",
    "given_unknown": "A first name is not known",
    "given_other": "Other first name",
    "family_same": "Surname the same",
    "family_part": "One of the surnames the same",
    "family_mistyped": "Surname one or two letters apart",
    "family_sounds": "Surname sounds alike",
    "family_near": "Surname a little alike",
    "family_swapped": "Surname stands in the other's first name box",
    "family_unknown": "A surname is not known",
    "family_other": "Other surname",
    "born_same": "Date of birth the same",
    "born_guess": "Both say 1 January, which is often a guess",
    "born_part": "Dates of birth fit as far as they are known",
    "born_flipped": "Day and month of birth the other way round",
    "born_mistyped": "Date of birth one figure apart",
    "born_near": "Date of birth partly the same",
    "born_due": "Due dates within three weeks",
    "born_unknown": "A date of birth is not known",
    "born_other": "Other date of birth",
    "sex_same": "Sex the same",
    "sex_unknown": "Sex not known",
    "sex_other": "Other sex",
    "line_same": "Address the same",
    "line_mistyped": "Address nearly the same",
    "line_part": "One address holds the other",
    "line_near": "Address a little alike",
    "line_unknown": "An address is not known",
    "line_other": "Other address",
    "house_same": "House number the same",
    "house_unknown": "A house number is not known",
    "house_other": "Other house number",
    "postcode_same": "Postcode the same",
    "postcode_mistyped": "Postcode one sign apart",
    "postcode_district": "Same postcode district",
    "postcode_unknown": "A postcode is not known",
    "postcode_other": "Other postcode",
    "town_same": "Town the same",
    "town_mistyped": "Town nearly the same",
    "town_unknown": "A town is not known",
    "town_other": "Other town",
    "nhs_same": "NHS number the same",
    "nhs_unknown": "An NHS number is not known",
    "nhs_other": "Other NHS number",
    "upn_same": "Pupil number the same",
    "upn_unknown": "A pupil number is not known",
    "upn_other": "Other pupil number",
    "phone_same": "Telephone the same",
    "phone_unknown": "A telephone number is not known",
    "phone_other": "Other telephone",
    "home_other_name": "Another first name at the same address: perhaps a brother or sister",
    "may_be_twins": "May be twins",
    "no_name": "Neither first name nor surname can be compared",
}
"""What the screener reads for each code the gate may answer."""


@dataclass(frozen=True)
class Agreement:
    """How two accounts agree, as gate.match_people says it; `likely_from` is of the weights it used."""

    levels: tuple[str, ...]
    score: float
    likely_from: float


def is_capped(levels: frozenset[str]) -> bool:
    """Another first name, and no number that only one person has: a brother, sister or twin until somebody looks."""
    like_a_twin = levels & LIKE_FIRST_NAME and levels & AT_HOME and "born_same" in levels
    return bool(levels & OTHER_FIRST_NAME or like_a_twin) and not levels & NUMBERS_OF_ONE_PERSON


def band_of(pair: Agreement) -> MatchBand:
    """Likely the same person, or to be asked about. What is less than that the gate does not offer."""
    if pair.score >= pair.likely_from and not is_capped(frozenset(pair.levels)):
        return MatchBand.SURE
    return MatchBand.CHECK


def reasons_of(pair: Agreement, weights: dict[str, float]) -> list[list[str | float]]:
    """Codes and what each weighs, what is known first; what is not known weighs nothing and is left out."""
    return [[code, round(weights.get(code, 0.0), 1)] for code in pair.levels if not code.endswith("_unknown")]


def in_words(reasons: list[str | list[str | float]]) -> list[str]:
    """'Surname sounds alike +3.1': a sentence for each reason. Matches made before weights have codes alone."""
    lines = []
    for reason in reasons:
        code, weight = (reason, 0.0) if isinstance(reason, str) else (str(reason[0]), float(reason[1]))
        said = WORDS.get(code) or OLD_WORDS.get(code, code)
        lines.append(f"{said} {weight:+.1f}".replace("-", "\N{MINUS SIGN}") if weight else said)
    return lines


OLD_WORDS = {
    "name_same": "Same name",
    "name_known_as": "Same name, by what they are known as",
    "name_swapped": "Same names the other way round",
    "name_similar": "Name nearly the same",
    "name_part": "One name is missing",
    "name_family": "Same family name, other first name",
    "born_close": "Dates of birth nearly the same",
    "place_same_home": "Same address",
    "place_same_postcode": "Same postcode",
    "place_different": "Other address",
    "place_unknown": "An address is not known",
}
"""Codes of matches that were offered before agreement was weighed; they stay as they were."""
