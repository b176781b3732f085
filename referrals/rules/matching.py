"""How sure it is that two accounts are one person. The ground compares field by field; here the fields decide.

Never certain enough to act alone: "sure" still waits for a person (reliability 4.4). Brothers and sisters born on
the same day share everything but the first name, so that shape is capped below sure and says why.
"""

from dataclasses import dataclass

from referrals.vocabulary import MatchBand

SAME_NAME = frozenset({"same", "known_as", "swapped"})
LIKE_NAME = frozenset({"similar", "part"})
EXACTLY_BORN = frozenset({"same"})
MAYBE_BORN = frozenset({"guess", "part", "close", "due"})
SAME_PLACE = frozenset({"same_home", "same_postcode"})

WORDS = {
    "name_same": "Same name",
    "name_known_as": "Same name, by what they are known as",
    "name_swapped": "Same names the other way round",
    "name_similar": "Name nearly the same",
    "name_part": "One name is missing",
    "name_family": "Same family name, other first name",
    "born_same": "Same date of birth",
    "born_guess": "Both say 1 January, which is often a guess",
    "born_part": "Dates of birth fit as far as they are known",
    "born_close": "Dates of birth nearly the same",
    "born_due": "Due dates within three weeks",
    "born_unknown": "A date of birth is not known",
    "place_same_home": "Same address",
    "place_same_postcode": "Same postcode",
    "place_different": "Other address",
    "place_unknown": "An address is not known",
    "may_be_twins": "May be twins",
}
"""What the screener reads for each code, in the order name, date of birth, address."""


@dataclass(frozen=True)
class Agreement:
    """How two accounts agree, as gate.match_people says it."""

    name: str
    born: str
    place: str


def is_maybe_twins(pair: Agreement) -> bool:
    """Same family name, home and date of birth, and another first name."""
    return pair.name == "family" and pair.born in EXACTLY_BORN | {"guess"} and pair.place in SAME_PLACE


def band_of(pair: Agreement) -> MatchBand | None:
    """Sure, to be checked, or not worth showing."""
    at_home = pair.place in SAME_PLACE
    if pair.name in SAME_NAME and pair.born in EXACTLY_BORN:
        return MatchBand.SURE
    if pair.name in SAME_NAME and pair.born in {"guess", "part"} and at_home:
        return MatchBand.SURE
    if pair.name in SAME_NAME and (pair.born in MAYBE_BORN or at_home):
        return MatchBand.CHECK
    if pair.name in LIKE_NAME and (pair.born in EXACTLY_BORN or (pair.born in MAYBE_BORN and at_home)):
        return MatchBand.CHECK
    if pair.name == "similar" and at_home:
        return MatchBand.CHECK
    if pair.name == "family" and at_home and (pair.born in EXACTLY_BORN or pair.born in {"guess", "due"}):
        return MatchBand.CHECK
    return None


def reasons_of(pair: Agreement) -> list[str]:
    """Codes of what agrees and what does not, in the order a screener reads them."""
    codes = [f"name_{pair.name}", f"born_{pair.born}", f"place_{pair.place}"]
    return [*codes, "may_be_twins"] if is_maybe_twins(pair) else codes
