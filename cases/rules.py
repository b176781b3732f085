"""Decisions about the work with families as pure functions: plain values in, answers out."""

import datetime
from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import dataclass

from cases import refusals
from cases.lifecycle import Hand
from cases.vocabulary import STEP_UP_SETTLED, CaseState, ClosingReason, ConsentState, StepUpResult
from sharing_agreements.refusals import Refusal
from sharing_agreements.vocabulary import HUB_ROLES, Role

ASSESSMENT_WORKING_DAYS = 10
"""Early help assessment complete (D14: Sefton's timescales)."""
REVIEW_WEEKS = 6
"""Review cycle of the team around the family (D17: Derbyshire, Trafford)."""
REVIEW_WEEKS_AT_MOST = 12
"""Never longer between reviews (D17: Worcestershire, Devon)."""
WATCH_WEEKS = 26
"""Keeping in touch after step-down (D22: the national test of 'sustained')."""
PROMPT_WEEKS = (4, 12, 26)
"""Weeks in which the lead asks how the children are (D22)."""
SNOOZE_DAYS_AT_MOST = 28
"""A flag is put off for four weeks at most, then somebody looks again (judgement)."""
OUTCOMES_BEFORE_WARNING = 4
"""A plan with more desired outcomes is warned about (D20: Warwickshire)."""
SAFETY_NOTE_MONTHS = 12
"""A staff-safety note is reviewed within this time (D27)."""
OWN_CONSENT_AGE = 13
"""From this birthday a young person gives their own consent (D25: Devon)."""
SIGN_OFF_LASTS = datetime.timedelta(days=30)
"""A manager's yes is for now, not for ever (judgement)."""
STEP_UP_RECEIPT_HOURS = 24
"""Receipt of a step up is chased after this time (croydonlcsb.org.uk: act within 24 hours)."""

_YEAR = datetime.timedelta(days=365)


def hands(
    role: str,
    *,
    is_lead: bool,
    is_cover: bool = False,
    is_asked: bool = False,
    is_worker: bool = False,
    is_receiver: bool = False,
) -> frozenset[Hand]:
    """In which capacities a post acts on a child's case."""
    found = {
        Hand.LEAD: is_lead,
        Hand.COVER: is_cover,
        Hand.ASKED: is_asked,
        Hand.TEAM: is_worker,
        Hand.RECEIVER: is_receiver,
        Hand.COORDINATOR: role == Role.COORDINATOR,
        Hand.HUB: role in HUB_ROLES,
        Hand.MANAGER: role == Role.MANAGER,
    }
    return frozenset(hand for hand, held in found.items() if held)


def needs_sign_off(
    to: CaseState,
    *,
    reason: ClosingReason | None = None,
    earlier_step_downs: Collection[datetime.date] = (),
    today: datetime.date,
) -> bool:
    """A second step-down within a year, or an ending because the family declined, is not one person's decision."""
    if to == CaseState.STEPPED_DOWN:
        return any(today - day <= _YEAR for day in earlier_step_downs)
    return to == CaseState.CLOSED and reason == ClosingReason.DECLINED


@dataclass(frozen=True)
class NeedState:
    """What an ending must know of one need."""

    title: str
    outcome_reached: bool
    end_reason: str


def why_not_end(needs: Iterable[NeedState]) -> Refusal | None:
    """Work ends only when every need has a reached outcome or a reason why not (F55)."""
    left = [need.title for need in needs if not need.outcome_reached and not need.end_reason]
    return refusals.NEEDS_OPEN(left) if left else None


def next_review(held_on: datetime.date) -> datetime.date:
    """When the next review is due unless the family and team choose another day."""
    return held_on + datetime.timedelta(weeks=REVIEW_WEEKS)


def why_not_review_on(held_on: datetime.date, wanted: datetime.date | None) -> Refusal | None:
    """The next review is never more than 12 weeks off."""
    if wanted and wanted > held_on + datetime.timedelta(weeks=REVIEW_WEEKS_AT_MOST):
        return refusals.REVIEW_TOO_FAR
    return None


def why_not_withdraw(results: Iterable[StepUpResult]) -> Refusal | None:
    """A step up is taken back only after social care refused it, so that none is dropped before they looked."""
    said = set(results)
    if said & STEP_UP_SETTLED:
        return refusals.ANSWERED_ALREADY
    return None if StepUpResult.NOT_ACCEPTED in said else refusals.NOT_REFUSED


def watch_dates(
    starts_on: datetime.date,
) -> tuple[datetime.date, dict[int, datetime.date]]:
    """When keeping in touch ends, and the day of each prompt by its week."""
    prompts = {week: starts_on + datetime.timedelta(weeks=week) for week in PROMPT_WEEKS}
    return starts_on + datetime.timedelta(weeks=WATCH_WEEKS), prompts


def why_not_safety_review_on(today: datetime.date, review_on: datetime.date) -> Refusal | None:
    """A staff-safety note is looked at again within a year."""
    return refusals.SAFETY_REVIEW_TOO_FAR if review_on > add_months(today, SAFETY_NOTE_MONTHS) else None


def allows_help(states: Iterable[ConsentState]) -> bool:
    """Help may start when somebody agreed at least in part, or a decider overrode with a basis."""
    return any(s in {ConsentState.AGREED, ConsentState.PARTLY, ConsentState.OVERRIDDEN} for s in states)


def why_not_consent(state: ConsentState, *, reason: str, basis: str, is_decider: bool) -> Refusal | None:
    """Not asked, in part, and overridden say why; an override names its law and is the hub's or a manager's."""
    if state in {ConsentState.NOT_ASKED, ConsentState.PARTLY, ConsentState.OVERRIDDEN} and not reason.strip():
        return refusals.NO_REASON
    if state == ConsentState.OVERRIDDEN:
        if not basis.strip():
            return refusals.NO_BASIS
        return None if is_decider else refusals.ONLY_THE_HUB
    return None


def risk_question(others: Iterable[str | None]) -> str:
    """What a withdrawal asks of the lead, with how the others who answer for themselves stand: each their last answer,
    None for whoever has given none."""
    said = Counter(ConsentState(state).label.lower() if state else "not asked yet" for state in others)
    standing = ", ".join(f"{number} {state}" for state, number in sorted(said.items()))
    stands = f" What others said stands, each their own: {standing}." if standing else ""
    return f"Somebody withdrew: does risk now justify step up?{stands}"


def gives_own_consent(born_on: datetime.date | None, today: datetime.date) -> bool:
    """Whether somebody is old enough to answer for themselves; an unknown age counts as not."""
    return born_on is not None and add_months(born_on, OWN_CONSENT_AGE * 12) <= today


def too_many_outcomes(count: int) -> bool:
    """Whether a plan wants more than a family can work on at once."""
    return count > OUTCOMES_BEFORE_WARNING


def add_months(day: datetime.date, months: int) -> datetime.date:
    """The same day of the month some months on, or the month's last day where there is no such day."""
    years, month = divmod(day.month - 1 + months, 12)
    first = datetime.date(day.year + years, month + 1, 1)
    last = (first.replace(day=28) + datetime.timedelta(days=4)).replace(day=1) - datetime.timedelta(days=1)
    return first.replace(day=min(day.day, last.day))
