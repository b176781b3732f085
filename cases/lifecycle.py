"""The life of one child's case as one table: which move, by whose hand, with what, called what in the log.

Nothing changes a state but the verb of its move, through gate.move_child. Drawn into docs by `bin/draw`.
"""

from dataclasses import dataclass
from enum import StrEnum

from cases.refusals import NOT_FROM_HERE, NOT_YOUR_MOVE
from cases.vocabulary import CaseState
from sharing_agreements.refusals import Refusal
from sharing_agreements.vocabulary import Stage


class Hand(StrEnum):
    """In what capacity somebody acts on a child's case. One post may hold several."""

    LEAD = "the lead practitioner"
    COVER = "whoever covers for the lead"
    ASKED = "whoever is asked to lead"
    TEAM = "the team around the family"
    COORDINATOR = "the early help coordinator"
    HUB = "the hub"
    MANAGER = "a manager"
    RECEIVER = "social care, to which it was sent"


@dataclass(frozen=True)
class Move:
    """One allowed move. `needs` names what must be given; `sign_off` says when a manager must agree first."""

    verb: str
    start: CaseState
    end: CaseState
    hands: frozenset[Hand]
    needs: str
    audit: str
    sign_off: str = ""


_LEADING = frozenset({Hand.LEAD, Hand.COVER})
_OFFERING = frozenset({Hand.COORDINATOR, Hand.HUB, Hand.MANAGER})
_MANAGER = frozenset({Hand.MANAGER})
_RECEIPT = frozenset({Hand.LEAD, Hand.COVER, Hand.HUB, Hand.COORDINATOR, Hand.MANAGER, Hand.RECEIVER})
_SECOND = "the second step-down in 12 months"
_DECLINED = "the family declined or withdrew"

S = CaseState
MOVES: tuple[Move, ...] = (
    Move(
        "accept_offer",
        S.OFFERED,
        S.WAITING,
        _OFFERING,
        "consent to help recorded",
        "offer accepted",
    ),
    Move(
        "decline_at_start",
        S.OFFERED,
        S.DECLINED,
        _MANAGER,
        "reason; the referrer is told",
        "declined at start",
    ),
    Move(
        "decline_at_start",
        S.WAITING,
        S.DECLINED,
        _MANAGER,
        "reason; the referrer is told",
        "declined at start",
    ),
    Move(
        "start_assessment",
        S.WAITING,
        S.ASSESSING,
        _LEADING | {Hand.ASKED},
        "the lead has accepted",
        "assessment started",
    ),
    Move(
        "finish_assessment",
        S.ASSESSING,
        S.PLAN_ACTIVE,
        _LEADING,
        "conclusion; a need in the plan",
        "plan started",
    ),
    Move(
        "assess_again",
        S.PLAN_ACTIVE,
        S.ASSESSING,
        _LEADING,
        "reason",
        "assessment started again",
    ),
    Move(
        "step_down",
        S.PLAN_ACTIVE,
        S.STEPPED_DOWN,
        _LEADING | _MANAGER,
        "needs ended; family told and their view; closing words",
        "stepped down",
        _SECOND,
    ),
    Move(
        "return_to_help",
        S.STEPPED_DOWN,
        S.PLAN_ACTIVE,
        _LEADING | _OFFERING,
        "reason",
        "returned to early help",
    ),
    *(
        Move(
            "confirm_receipt",
            start,
            S.STEPPED_UP,
            _RECEIPT,
            "named person, time, their reference",
            "stepped up",
        )
        for start in (S.OFFERED, S.WAITING, S.ASSESSING, S.PLAN_ACTIVE, S.STEPPED_DOWN)
    ),
    *(
        Move(
            "close_case",
            start,
            S.CLOSED,
            _LEADING | _MANAGER,
            "reason; summary; needs ended or why not",
            "closed",
            _DECLINED,
        )
        for start in (S.WAITING, S.ASSESSING, S.PLAN_ACTIVE)
    ),
    Move(
        "end_watch",
        S.STEPPED_DOWN,
        S.CLOSED,
        _LEADING | _OFFERING,
        "recorded answer",
        "keeping in touch ended",
    ),
    *(
        Move("offer_again", start, S.OFFERED, _OFFERING, "reason", "offered again")
        for start in (S.CLOSED, S.DECLINED, S.STEPPED_UP)
    ),
)

WORKING = frozenset({S.OFFERED, S.WAITING, S.ASSESSING, S.PLAN_ACTIVE, S.STEPPED_DOWN})
"""States in which somebody still has something to do for the child."""

RUNNING = frozenset({S.ASSESSING, S.PLAN_ACTIVE})
"""States in which a lead finds out what a family needs, or works on its plan."""

TO_BE_LED = RUNNING | {S.WAITING}
"""States in which a child has a lead practitioner, or waits for one."""

WITH_A_LEAD = frozenset({S.ASSESSING, S.PLAN_ACTIVE, S.STEPPED_DOWN})
"""States in which a child has a lead practitioner."""

STAGE: dict[CaseState, Stage] = {
    S.OFFERED: Stage.OFFERED,
    S.WAITING: Stage.OFFERED,
    S.ASSESSING: Stage.PLAN_OPEN,
    S.PLAN_ACTIVE: Stage.PLAN_OPEN,
    S.STEPPED_DOWN: Stage.IN_TOUCH,
    S.STEPPED_UP: Stage.STEPPED_UP,
    S.CLOSED: Stage.CLOSED,
    S.DECLINED: Stage.CLOSED,
}
"""What each state means for sharing."""


def move(verb: str, start: str) -> Move | None:
    """The move this verb makes from this state, if there is one."""
    return next((m for m in MOVES if m.verb == verb and m.start == start), None)


def the_move(verb: str, start: str) -> Move:
    """The move itself, for a verb that `why_not_move` did not refuse."""
    return next(m for m in MOVES if m.verb == verb and m.start == start)


def why_not_move(verb: str, start: str, hands: frozenset[Hand]) -> Refusal | None:
    """A verb moves a child only from a state of its own, and only by a hand that may."""
    found = move(verb, start)
    if found is None:
        return NOT_FROM_HERE(verb, CaseState(start).label)
    return None if found.hands & hands else NOT_YOUR_MOVE(found.hands)
