"""What a decision must hold before it counts, and when it takes a second person. Plain values in, codes out."""

import datetime
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from cases.vocabulary import CaseState, ConsentState
from referrals.vocabulary import DecisionHeading, HeldFor, LawfulBasis, LevelOfNeed, Outcome, Urgency
from referrals.vocabulary import EarlyHelpWay as Way

SAMPLE_ONE_IN = 10
"""One contact in this many is looked at by a manager if it ends in no further action (users 2.2)."""


@dataclass(frozen=True)
class Proposed:
    """What a decider wants for one child."""

    outcome: Outcome | None
    level: LevelOfNeed | None
    reason: str
    agreement: ConsentState | None
    agreement_reason: str
    basis: LawfulBasis | None
    nobody_next: bool
    next_who: str
    next_what: str
    next_by: datetime.date | None
    way: Way | None = None
    team_words: str = ""
    headings: Mapping[DecisionHeading, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Circumstances:
    """What stands around the child: the two grades, the watch, and whether a manager looks in any case."""

    graded: bool
    provisional: bool
    reported: Urgency
    danger: bool
    looked_at: bool
    today: datetime.date


def may_go_back(state: CaseState, since: datetime.date, *, today: datetime.date, days: int) -> bool:
    """Whether a child goes back to the team that helped before: kept in touch with, or closed not long ago (D12).

    `since`: the day that state began. `days`: the partnership's, 183 unless it set another (referrals.HubThreshold).
    """
    if state is CaseState.STEPPED_DOWN:
        return True
    return state is CaseState.CLOSED and today - since <= datetime.timedelta(days=days)


Missing = tuple[str, str]
"""The field at fault and the sentence to put beside it."""


def missing(proposed: Proposed, today: datetime.date) -> list[Missing]:
    """Everything that still has to be said, in the order of the page."""
    return [*_of_outcome(proposed), *_of_next(proposed, today), *_of_the_law(proposed)]


def _of_outcome(proposed: Proposed) -> Iterator[Missing]:
    if proposed.outcome is None:
        yield "outcome", "Choose what happens for this child"
    if proposed.level is None:
        yield "level_of_need", "Choose the level of need"
    if not proposed.reason.strip():
        yield "reason", "Say why"
    if proposed.outcome is Outcome.EARLY_HELP and proposed.way is None:
        yield "way", "Choose how early help starts"
    if proposed.outcome in NEEDS_TEAM_WORDS and not proposed.team_words.strip():
        yield "team_words", "Say why in words that those who take over may read"


def _of_the_law(proposed: Proposed) -> Iterator[Missing]:
    """The family's answer and the lawful basis are two questions, neither of which answers the other (users 2.4)."""
    if proposed.agreement is None:
        yield "consent_state", "Say what the family agreed to"
    elif proposed.agreement in AGREEMENT_NEEDS_A_REASON and not proposed.agreement_reason.strip():
        yield "consent_reason", "Say why the family was not asked, or why their answer is overridden"
    if proposed.basis is None:
        yield "lawful_basis", "Choose the lawful basis for using and sharing this information"


NEEDS_TEAM_WORDS = frozenset({Outcome.EARLY_HELP, Outcome.STEP_UP})
AGREEMENT_NEEDS_A_REASON = frozenset({ConsentState.NOT_ASKED, ConsentState.OVERRIDDEN})


def _of_next(proposed: Proposed, today: datetime.date) -> Iterator[Missing]:
    """No dead ends: somebody does something by a day, or the decider says out loud that nobody does."""
    if proposed.nobody_next:
        if proposed.outcome is not None and proposed.outcome not in MAY_END_WITH_NOBODY:
            yield "next_who", "This outcome needs somebody to do something next"
        if proposed.next_who.strip():
            yield "next_who", "Name who acts next or say that nobody does, not both"
        return
    if not proposed.next_who.strip():
        yield "next_who", "Name who acts next, or say that nobody does"
    if not proposed.next_what.strip():
        yield "next_what", "Say what they do"
    if proposed.next_by is None:
        yield "next_by", "Say by when"
    elif proposed.next_by < today:
        yield "next_by", "The day must be today or later"


MAY_END_WITH_NOBODY = frozenset({Outcome.NO_FURTHER_ACTION, Outcome.ADVICE})


def why_held(proposed: Proposed, around: Circumstances) -> HeldFor | None:
    """Why this decision waits for a second person before it counts; None when one person may make it.

    No further action is never one person's say inside a watch (users 2.8). A manager's look hides whether it
    is a sample or somebody restricted (users 2.2). Going against the family's answer or the reporter's red is
    an override (domain F23).
    """
    small = proposed.outcome in {Outcome.NO_FURTHER_ACTION, Outcome.ADVICE}
    if proposed.outcome is Outcome.NO_FURTHER_ACTION and around.provisional:
        return HeldFor.WATCH
    if proposed.outcome is Outcome.NO_FURTHER_ACTION and around.looked_at:
        return HeldFor.LOOK
    if proposed.agreement is ConsentState.OVERRIDDEN:
        return HeldFor.OVERRIDE
    if small and (around.danger or around.reported is Urgency.RED):
        return HeldFor.OVERRIDE
    return None


def is_sampled(number: int) -> bool:
    """Whether a contact falls in the quality sample. `number` is the contact's random id as a whole number."""
    return number % SAMPLE_ONE_IN == 0


HELD_WORDS: dict[str, str] = {
    HeldFor.WATCH: "The family is being kept in touch with, so no further action is not one person's say.",
    HeldFor.LOOK: "It takes a manager's look.",
    HeldFor.OVERRIDE: "It goes against the family's answer, or against a report of danger or red.",
}
"""What a second person reads; a sample and a restricted person read the same."""
