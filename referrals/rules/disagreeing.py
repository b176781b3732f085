"""A disagreement with a decision: who answers, by when, and where it goes then. Plain values in and out.

Domain 2.1: worker to worker, then managers, senior managers, the partnership; within 24 hours where a child may come
to harm; every step is kept. Those are 24 hours by the clock on the wall, like red's (decision 0081).
"""

import datetime
from collections.abc import Iterator
from dataclasses import dataclass

from referrals.rules import clocks
from referrals.rules.deciding import Missing
from referrals.vocabulary import Outcome, Rung, RungVerdict
from sharing_agreements.working_time import Calendar

HARM_HOURS = datetime.timedelta(hours=24)
STARTS_HELP = frozenset({Outcome.EARLY_HELP, Outcome.STEP_UP})
"""Outcomes after which others have begun to work: the decision cannot be made again as if they had not."""


def answer_due(began_at: datetime.datetime, *, may_harm: bool, calendar: Calendar) -> datetime.datetime:
    """When a rung that began then must be answered, in UTC.

    24 hours, nights and weekends included, where a child may come to harm meanwhile; else one working day.
    """
    if may_harm:
        return began_at.astimezone(datetime.UTC) + HARM_HOURS
    return clocks.grading_due(began_at, calendar)


@dataclass(frozen=True)
class Standing:
    """One rung of a disagreement. `is_latest`: it has gone to no later one."""

    rung: Rung
    due_at: datetime.datetime
    verdict: RungVerdict | None
    is_latest: bool = True


def above(rung: Rung) -> Rung | None:
    """The next rung; None above the last."""
    return Rung(rung + 1) if rung < max(Rung) else None


def climbs_to(one: Standing, now: datetime.datetime) -> Rung | None:
    """Where it goes by itself because nobody answered in time; None while it stays."""
    if one.verdict is not None or not one.is_latest or one.due_at >= now:
        return None
    return above(one.rung)


def why_not_further(one: Standing) -> str | None:
    """The code of why whoever disagrees cannot take it further now; None when they can."""
    if not one.is_latest:
        return "went_on"
    if one.verdict is None:
        return "not_answered"
    if one.verdict is RungVerdict.AGAIN:
        return "decides_again"
    return None if above(one.rung) else "last_rung"


def may_answer(rung: Rung, *, is_decider: bool, is_manager: bool, is_who_disagrees: bool) -> bool:
    """Whoever decided answers first, then a manager of the hub; nobody answers themselves."""
    return not is_who_disagrees and (is_decider if rung is Rung.DECIDER else is_manager)


def can_be(verdict: RungVerdict | None, *, outcome: Outcome) -> bool:
    """Whether this may be answered: the hub decides again only where the decision started nothing. None: not said."""
    return verdict is not RungVerdict.AGAIN or outcome not in STARTS_HELP


def missing_from_answer(rung: Rung, *, verdict: RungVerdict | None, words: str, who: str) -> list[Missing]:
    """What an answer still lacks, in the order of the page. Above the hub, it names who answered."""
    return list(_of_answer(rung, verdict, words, who))


def _of_answer(rung: Rung, verdict: RungVerdict | None, words: str, who: str) -> Iterator[Missing]:
    if verdict is None:
        yield "verdict", "Say what becomes of the decision"
    if not words.strip():
        yield "words", "Say why"
    if rung >= Rung.SENIOR and not who.strip():
        yield "who", "Say who answered, in what post, and how you spoke"
