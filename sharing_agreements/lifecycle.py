"""The life of an agreement as a table: which verb moves it, from where to where, and by whose hand.

The gate enforces it (sql/0010_agreement_life.sql); screens read it to offer only what is possible.
"""

from dataclasses import dataclass
from enum import StrEnum

from sharing_agreements.vocabulary import AgreementState, AgreementVerb


class Party(StrEnum):
    """What a governance lead's agency is to an agreement."""

    DRAFTER = "the drafter"
    NAMED = "a party that has not signed"
    BOUND = "a party that has signed"
    SUSPENDER = "the party that suspended it"
    NOBODY = "the gate, by date"


@dataclass(frozen=True)
class AgreementStep:
    """One line of the table. `end` is where it leads at last; `needs` is what must be given or true."""

    verb: AgreementVerb
    start: AgreementState
    end: AgreementState
    hands: frozenset[Party]
    needs: str


S, V = AgreementState, AgreementVerb
_DRAFTER = frozenset({Party.DRAFTER})
_BOUND = frozenset({Party.BOUND})
_EITHER = frozenset({Party.DRAFTER, Party.NAMED, Party.BOUND})
_COMPLETE = "two parties, a clause, a power for every purpose; the draft as it was shown"
_SIGNATURE = "password, signatory and post, the digest of the words shown"

STEPS: tuple[AgreementStep, ...] = (
    AgreementStep(V.PROPOSE, S.DRAFT, S.PROPOSED, _DRAFTER, _COMPLETE),
    AgreementStep(V.END, S.DRAFT, S.ENDED, _DRAFTER, "reason"),
    AgreementStep(V.SIGN, S.PROPOSED, S.PROPOSED, frozenset({Party.NAMED}), f"{_SIGNATURE}; others still to sign"),
    AgreementStep(V.SIGN, S.PROPOSED, S.SIGNED, frozenset({Party.NAMED}), f"{_SIGNATURE}; everybody else has signed"),
    AgreementStep(V.RETURN, S.PROPOSED, S.DRAFT, _EITHER, "reason; signatures given so far are void"),
    AgreementStep(V.END, S.PROPOSED, S.ENDED, _DRAFTER, "reason"),
    AgreementStep(V.SUSPEND, S.SIGNED, S.SUSPENDED, _BOUND, "reason"),
    AgreementStep(V.RESUME, S.SUSPENDED, S.SIGNED, frozenset({Party.SUSPENDER}), "reason"),
    AgreementStep(V.LEAVE, S.SIGNED, S.SIGNED, _BOUND, "reason; two parties remain"),
    AgreementStep(V.LEAVE, S.SIGNED, S.ENDED, _BOUND, "reason; fewer than two parties remain"),
    AgreementStep(V.LEAVE, S.SUSPENDED, S.SUSPENDED, _BOUND, "reason; two parties remain"),
    AgreementStep(V.LEAVE, S.SUSPENDED, S.ENDED, _BOUND, "reason; fewer than two parties remain"),
    AgreementStep(V.END, S.SIGNED, S.ENDED, _DRAFTER, "reason"),
    AgreementStep(V.END, S.SUSPENDED, S.ENDED, _DRAFTER, "reason"),
    AgreementStep(V.REPLACE, S.SIGNED, S.REPLACED, frozenset({Party.NOBODY}), "a newer version has come into force"),
    AgreementStep(V.REPLACE, S.SUSPENDED, S.REPLACED, frozenset({Party.NOBODY}), "a newer version has come into force"),
)


def possible(state: str, hands: frozenset[Party]) -> list[AgreementVerb]:
    """Verbs these hands may use from a state, each once, in the order of the table."""
    fitting = [step.verb for step in STEPS if step.start == state and step.hands & hands]
    return list(dict.fromkeys(fitting))
