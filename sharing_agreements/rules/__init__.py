"""Pure decisions of the ground: plain values in, an answer out. No database, no clock.

Whether a clause opens a record is PostgreSQL's decision (sql/0003, sql/0005); these rules only put an
agreement into words for people.
"""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from sharing_agreements.vocabulary import AgreementState, Stage


@dataclass(frozen=True)
class Signature:
    """One party's signature as far as standing needs it. Dates are days in Europe/London."""

    party: str
    signed_on: datetime.date | None
    left_on: datetime.date | None


def why_not_in_force(
    *,
    state: str,
    starts_on: datetime.date,
    ends_on: datetime.date,
    signatures: Sequence[Signature],
    on: datetime.date,
    superseded_on: datetime.date | None = None,
) -> str:
    """Why an agreement shares nothing on a day, as a sentence; empty when it is in force.

    `superseded_on` is the first day on which a newer version was in force (sql/0003).
    """
    bound = [s for s in signatures if s.left_on is None or on < s.left_on]
    waiting = ", ".join(s.party for s in bound if s.signed_on is None or s.signed_on > on)
    if state == AgreementState.PROPOSED and waiting:
        return f"Not in force: proposed, and waiting for {waiting} to sign."
    if state != AgreementState.SIGNED:
        return f"Not in force: {AgreementState(state).label.lower()}."
    if on < starts_on:
        return "Not in force: it has not started."
    if on > ends_on:
        return "Not in force: it has expired."
    if superseded_on is not None and superseded_on <= on:
        return "Not in force: a newer version has replaced it."
    return f"Not in force: waiting for {waiting} to sign." if waiting else ""


@dataclass(frozen=True)
class ClauseWords:
    """A clause's choices, already in words; `involved_with` and `how_far_back` empty where it does not ask."""

    recipient: str
    roles: Sequence[str]
    level: str
    kind: str
    provider: str
    involved_with: str
    needs_consent: bool
    stages: Sequence[str]
    how_far_back: str


_HOW_MUCH = {
    "existence": "that something is held, in records",
    "summary": "the summary of records",
    "full": "the whole of records",
}


def sentence(clause: ClauseWords) -> str:
    """A clause as one plain sentence: who may see how much of whose records, and when."""
    level = _HOW_MUCH[clause.level]
    conditions = []
    if clause.involved_with:
        conditions.append(f"about {clause.involved_with}")
    if clause.needs_consent:
        conditions.append("while the person agrees to the sharing")
    if clause.stages:
        conditions.append(f"while the case is at: {', '.join(clause.stages).lower()}")
    if clause.how_far_back:
        conditions.append(clause.how_far_back.lower())
    tail = f", {'; '.join(conditions)}" if conditions else ""
    roles = ", ".join(role.lower() for role in clause.roles)
    kind = clause.kind.lower()
    return f"{clause.recipient} ({roles}) may see {level} of this kind: {kind}, from {clause.provider}{tail}."


def why_not_from_sensitive(provider: str, *, needs_consent: bool, stages: Sequence[int]) -> str:
    """Why a clause may not open a sensitive service's records, as a sentence; empty when it may (users 2.18).

    That such a service knows somebody can itself do harm, at every level. The hub's ruling on one record is no clause:
    its owner shares that record.
    """
    if needs_consent or set(stages) == {Stage.STEPPED_UP}:
        return ""
    return (
        f"{provider} is a sensitive service: that it knows somebody can do harm. Share its records only while the "
        "person agrees, or only once the case has stepped up; it can share a record by itself at any time."
    )


@dataclass(frozen=True)
class NamedClause:
    """A clause as an explanation names it. `signed_on`: since when everybody is bound; `until`: its last day."""

    id: UUID
    number: str
    agreement: UUID
    reference: str
    title: str
    signed_on: datetime.date
    until: datetime.date


@dataclass(frozen=True)
class Opening:
    """One way in which records are open to somebody: what opens them, whose they are, and of which kind."""

    way: str
    owner: str
    kind: int
    clause: NamedClause | None = None


@dataclass(frozen=True)
class Opened:
    """What opened some records of a look: the way (WAYS_OF_OTHERS), how many, of which kinds; a clause's name."""

    way: str
    records: int
    kinds: list[int]
    number: str = ""
    agreement: str = ""
    version: int = 0


WAYS = {
    "own_agency": "{owner} recorded it, and your role there covers records of this kind",
    "own_team": "your team at {owner} recorded it",
    "own_author": "you recorded it",
    "own_worker": "{owner} recorded it, and you work with the people it is about",
    "sent": "{owner} sent it to your agency",
    "clause": "{owner} recorded it, and an agreement shares it",
    "emergency": "you opened this family in an emergency",
    "shared": "{owner} shares this record with your agency, on top of agreements",
}
"""Each way of gate.ways (sql/0005) in words for whoever reads the record; a clause is named after it."""


def why(opening: Opening) -> str:
    """Why the reader can see a record: how it is open, without the clause that says so."""
    return WAYS[opening.way].format(owner=opening.owner)


WAYS_OF_OTHERS = {
    "own_agency": "their agency recorded it, and their role covers it",
    "own_team": "their team recorded it",
    "own_author": "they recorded it",
    "own_worker": "their agency recorded it, and they work with these people",
    "sent": "{owner} sent it to their agency",
    "clause": "{owner} shares it",
    "emergency": "they opened this family in an emergency",
    "shared": "{owner} shares this record with their agency, on top of agreements",
}
"""The same ways, said of somebody else."""


def why_others(opening: Opening) -> str:
    """Why somebody else can see a record, without the clause that says so."""
    return WAYS_OF_OTHERS[opening.way].format(owner=opening.owner)


@dataclass(frozen=True)
class Lacking:
    """What the agreements say about one kind of one agency's records for one role of another, already in words."""

    agency: str
    provider: str
    role: str
    kind: str
    level: str
    clause: str
    has_conditions: bool
    other_roles: Sequence[str]
    binding_both: Sequence[str]
    waiting: Sequence[str]


def say_what_is_missing(lacking: Lacking) -> str:
    """What stands in the way, by kinds and roles. Looks at no record, so it says the same about every child."""
    whose = f"{lacking.kind} ({lacking.level}) of any child from {lacking.provider}"
    if lacking.clause:
        only = " under its conditions" if lacking.has_conditions else ""
        return f"{lacking.clause[0].upper()}{lacking.clause[1:]} already shows {whose} to a {lacking.role}{only}."
    reader = f"a {lacking.role} at {lacking.agency}"
    if lacking.other_roles:
        return (
            f"No clause shows {whose} to {reader}; it is shown to other roles there: {', '.join(lacking.other_roles)}."
        )
    if lacking.binding_both:
        bind = "binds" if len(lacking.binding_both) == 1 else "bind"
        return f"{', '.join(lacking.binding_both)} {bind} both agencies, but no clause shows {whose} to {reader}."
    if lacking.waiting:
        return f"No agreement in force shows {whose} to {reader}. {' '.join(lacking.waiting)}"
    return f"{lacking.agency} and {lacking.provider} have no agreement: nothing shows {whose} to {reader}."
