"""Conflicts of interest: declared by the practitioner, detected from their own details, answered for by others.

The gate looks and decides; nothing here learns whom a connection is about.
"""

import datetime
from dataclasses import dataclass
from uuid import UUID

from sharing_agreements.actions.exceptions import Child, gate_verb
from sharing_agreements.models import Post
from sharing_agreements.permissions import why_not_answer_for
from sharing_agreements.refusals import require
from sharing_agreements.vocabulary import ConflictAnswer


@dataclass(frozen=True)
class Own:
    """What a practitioner says of themselves. `surnames`: the one used now and former ones."""

    given_name: str
    surnames: list[str]
    born: datetime.date
    postcode: str


def declare_conflict(*, child: Child, reason: str) -> None:
    """Close everybody recorded under this name and date of birth to the acting practitioner. Answers nothing."""
    gate_verb("declare_conflict", child.name, child.born, reason)


def say_own_details(own: Own) -> None:
    """Keep what the acting practitioner says of themselves and close whoever looks like them. Answers nothing."""
    gate_verb("say_own_details", own.given_name, own.surnames, own.born, own.postcode)


def answer_detected(*, practitioner: UUID, answer: ConflictAnswer, reason: str, by: Post) -> None:
    """Confirm or lift what was detected of a practitioner of one's own agency. Refuses one's own."""
    require(why_not_answer_for(practitioner, by=by))
    gate_verb("answer_detected", practitioner, answer, reason)
