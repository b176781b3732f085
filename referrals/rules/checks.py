"""When the hub may ask other agencies, and how it must ask. Plain values in, codes and sentences out.

No trawling below the threshold (users 2.3): checks are closed until somebody at the hub has recorded what the family
said, or a named decider why they are overridden or were not asked. A contact graded blue has none. An adult's health
record is asked for by itself.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from cases.vocabulary import ConsentState
from referrals.rules.deciding import Missing
from referrals.vocabulary import AgencyAnswer, Handling, LawfulBasis, Urgency
from sharing_agreements.vocabulary import AgencyType, Kind

SAID_NO = frozenset({ConsentState.DECLINED, ConsentState.WITHDRAWN})
BY_A_DECIDER = frozenset({ConsentState.NOT_ASKED, ConsentState.OVERRIDDEN})
HEALTH = frozenset({AgencyType.COMMUNITY_HEALTH, AgencyType.HOSPITAL, AgencyType.GENERAL_PRACTICE})


def why_closed(*, grade: Urgency | None, state: ConsentState | None) -> str | None:
    """The code of why no agency may be asked now; None when checks are open. `state` is the latest recorded."""
    if grade is None:
        return "grade_first"
    if grade is Urgency.BLUE:
        return "blue_has_no_checks"
    if state is None:
        return "checks_not_opened"
    return "family_said_no" if state in SAID_NO else None


@dataclass(frozen=True)
class Opening:
    """What somebody at the hub records before agencies are asked. `is_decider`: their role decides contacts."""

    state: ConsentState | None
    said_by: str
    reason: str
    basis: LawfulBasis | None
    is_decider: bool


def missing_from(opening: Opening) -> list[Missing]:
    """What still has to be said, in the order of the page."""
    return list(_of_opening(opening))


def _of_opening(opening: Opening) -> Iterator[Missing]:
    state = opening.state
    if state is None:
        yield "state", "Say what the family agreed to"
        return
    if state in BY_A_DECIDER and not opening.is_decider:
        yield "state", "Only a decider goes on without the family's yes: hand the contact to one"
    if state is not ConsentState.NOT_ASKED and not opening.said_by.strip():
        yield "said_by", "Say who was asked, and how"
    if state in BY_A_DECIDER and not opening.reason.strip():
        yield "reason", "Say why the family was not asked, or why their answer is overridden"
    if state is ConsentState.PARTLY and not opening.reason.strip():
        yield "reason", "Say what they agreed to and what not"
    if state in BY_A_DECIDER and opening.basis is None:
        yield "lawful_basis", "Choose the lawful basis for asking without their yes"


@dataclass(frozen=True)
class Asked:
    """One question as somebody means to send it: to which sorts of agency, about how many children and adults."""

    agencies: list[AgencyType]
    children: int
    adults: int
    question: str
    adult_reason: str = ""


def missing_to_ask(asked: Asked) -> list[Missing]:
    """What keeps this question from being sent, in the order of the page."""
    return list(_to_ask(asked))


def _to_ask(asked: Asked) -> Iterator[Missing]:
    is_health = any(kind in HEALTH for kind in asked.agencies)
    if not asked.agencies:
        yield "agencies", "Choose whom to ask"
    if not asked.children and not asked.adults:
        yield "people", "Name the people you ask about"
    if is_health and asked.adults and asked.children:
        yield "people", "Ask for an adult's health record by itself, not together with a child's"
    if not asked.question.strip():
        yield "question", "Say what you need to know"
    if is_health and asked.adults and not asked.adult_reason.strip():
        yield "adult_reason", "Say why the adult's health record is needed to keep a child safe"


@dataclass(frozen=True)
class Line:
    """One check as the card counts it. `name` is the agency's short name."""

    name: str
    is_answered: bool
    is_late: bool
    is_withdrawn: bool


def tally(lines: Iterable[Line]) -> str:
    """'Checks 3 of 5, Health late'; nothing when nobody was asked. A check taken back does not count."""
    counted = [line for line in lines if not line.is_withdrawn]
    if not counted:
        return ""
    late = dict.fromkeys(line.name for line in counted if line.is_late and not line.is_answered)
    said = f"Checks {sum(line.is_answered for line in counted)} of {len(counted)}"
    return f"{said}, {', '.join(late)} late" if late else said


KIND_OF = {
    AgencyType.POLICE: Kind.POLICE,
    AgencyType.TRANSPORT_POLICE: Kind.POLICE,
    AgencyType.SOCIAL_CARE: Kind.SOCIAL_CARE,
    AgencyType.EARLY_HELP: Kind.NOTE,
    AgencyType.ADULT_CARE: Kind.SOCIAL_CARE,
    AgencyType.COMMUNITY_HEALTH: Kind.HEALTH,
    AgencyType.HOSPITAL: Kind.HEALTH,
    AgencyType.GENERAL_PRACTICE: Kind.HEALTH,
    AgencyType.SCHOOL: Kind.EDUCATION,
    AgencyType.ALTERNATIVE_PROVISION: Kind.EDUCATION,
    AgencyType.YOUTH_JUSTICE: Kind.JUSTICE,
    AgencyType.PROBATION: Kind.JUSTICE,
    AgencyType.COURT: Kind.JUSTICE,
    AgencyType.HOUSING: Kind.HOUSING,
    AgencyType.DOMESTIC_ABUSE: Kind.DOMESTIC_ABUSE,
    AgencyType.SUBSTANCE_USE: Kind.SUBSTANCE_USE,
    AgencyType.EMPLOYMENT: Kind.EMPLOYMENT,
}
"""What an agency's answer holds when it holds something; other agencies answer with charity information."""


def kind_of(agency: AgencyType, *, holds_something: bool) -> Kind:
    """The kind of an answer. One that holds nothing about a person is correspondence, and no record of that kind:
    so nobody learns from who holds what that this agency was asked."""
    return KIND_OF.get(agency, Kind.VOLUNTARY) if holds_something else Kind.FEEDBACK


@dataclass(frozen=True)
class Given:
    """An answer as somebody means to send it."""

    answer: AgencyAnswer | None
    headline: str
    detail: str
    handling: Handling | None
    conditions: str
    hub_only: str


def missing_from_answer(given: Given) -> list[Missing]:
    """What the answer still lacks, in the order of the page. Nothing relevant and not known need no words."""
    return list(_of_answer(given))


def _of_answer(given: Given) -> Iterator[Missing]:
    if given.answer is None:
        yield "answer", "Say whether your agency knows them"
    if given.answer is AgencyAnswer.KNOWN and not given.headline.strip():
        yield "headline", "Give the most important thing in one sentence"
    if given.answer is AgencyAnswer.CANNOT_SAY and not given.detail.strip():
        yield "detail", "Say what keeps you from answering, and whom the hub can ring"
    if given.handling is None:
        yield "handling", "Say how the hub may use this"
    if given.handling is Handling.CONDITIONS and not given.conditions.strip():
        yield "conditions", "Say under which conditions"
