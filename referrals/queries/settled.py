"""Pairs that people settled: the labels that weights of matching are learned from. For maintenance alone."""

from referrals.models import Match
from referrals.rules.matching import WORDS
from referrals.vocabulary import MatchState
from sharing_agreements.rules.learning import Pair


def settled_pairs() -> list[Pair]:
    """The codes of every pair somebody called the same or not the same, and which; a pair once, by the last word.

    Pairs offered before agreement was weighed have other codes and are left out. What is not known about a pair was
    never kept and weighs nothing. Nothing of anybody is in it but codes.
    """
    rows = Match.objects.filter(state__in=[MatchState.CONFIRMED, MatchState.REJECTED]).order_by("settled_at", "pk")
    last = {
        frozenset((person, candidate)): ([str(reason[0]) for reason in reasons], state == MatchState.CONFIRMED, 1.0)
        for person, candidate, reasons, state in rows.values_list("person_id", "candidate_id", "reasons", "state")
        if reasons and all(isinstance(reason, list) and reason[0] in WORDS for reason in reasons)
    }
    return list(last.values())
