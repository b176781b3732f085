"""Decisions about the work with families as pure functions: plain values in, answers out."""

import datetime
import re
from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from uuid import UUID

from cases import refusals
from cases.lifecycle import Hand
from cases.vocabulary import STEP_UP_SETTLED, CaseState, ClosingReason, ConsentState, OutcomeHeading, StepUpResult
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


def ends_sharing(state: ConsentState) -> bool:
    """Whoever withdraws from help no longer agrees to sharing, until they say otherwise."""
    return state == ConsentState.WITHDRAWN


def asks_about_risk(*, state: ConsentState | None = None, takes_back_sharing: bool = False) -> bool:
    """What is taken back puts the question of risk to the lead, the same day (users 2.4)."""
    return takes_back_sharing or state == ConsentState.WITHDRAWN


def shows_first(before: ConsentState | None, state: ConsentState) -> bool:
    """Whether what an answer stops is shown before it is recorded: a no, and any answer that is not as before."""
    return state in {ConsentState.DECLINED, ConsentState.WITHDRAWN} or (before is not None and before != state)


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


def why_not_act(
    *, is_enforcement: bool, days_left: int, measure: str, power: str = "", power_reason: str = ""
) -> Refusal | None:
    """An action has a day from today on and a measure; enforcement that supports the help names its power and its
    reason (F42). That it has one owner of one agency, the database holds."""
    if days_left < 0:
        return refusals.NO_DUE_DAY
    if not measure.strip():
        return refusals.NO_MEASURE
    if is_enforcement and not power.strip():
        return refusals.NO_POWER
    return refusals.NO_POWER_REASON if is_enforcement and not power_reason.strip() else None


def too_many_outcomes(count: int) -> bool:
    """Whether a plan wants more than a family can work on at once."""
    return count > OUTCOMES_BEFORE_WARNING


def add_months(day: datetime.date, months: int) -> datetime.date:
    """The same day of the month some months on, or the month's last day where there is no such day."""
    years, month = divmod(day.month - 1 + months, 12)
    first = datetime.date(day.year + years, month + 1, 1)
    last = (first.replace(day=28) + datetime.timedelta(days=4)).replace(day=1) - datetime.timedelta(days=1)
    return first.replace(day=min(day.day, last.day))


NEVER_IN_A_COPY = frozenset({OutcomeHeading.SAFE_FROM_HARM, OutcomeHeading.DOMESTIC_ABUSE})
"""Headings whose needs and safety plans are never in a copy, whoever reads it (users 2.6)."""
FOR_ONE_ALONE = frozenset({OutcomeHeading.SUBSTANCES, OutcomeHeading.CRIME, OutcomeHeading.HEALTH})
"""Headings that are in the copy of the person a line is about alone; and of a parent, where it is about a child's
health or trouble. A child's line about drink or drugs tells of somebody else."""
_TELLS_WHERE = re.compile(r"\b[a-z]{1,2}\d[a-z\d]? ?\d[a-z]{2}\b|(?:\+44|\b0)[\d ]{9,}", re.IGNORECASE)
"""A postcode or a telephone number."""


@dataclass(frozen=True)
class CopyReader:
    """Who reads a copy: themselves, the people they may read of, whose names give a line away, and words of places.

    `circle` is the reader, and for a parent with responsibility their children. `places` is None where nobody is
    hidden or kept apart, else the words by which somebody could be found.
    """

    person: UUID
    circle: frozenset[UUID]
    others_called: frozenset[str]
    places: frozenset[str] | None = None


@dataclass(frozen=True)
class CopyItem:
    """Words that could be in a copy: about whom, under which heading, and whether the record is kept from anybody."""

    text: str
    about: frozenset[UUID]
    heading: str = ""
    is_kept_from_some: bool = False
    is_sensitive: bool = False


def why_not_in_copy(item: CopyItem, reader: CopyReader) -> str | None:
    """Why a line is left out of somebody's copy, as the practitioner reads it; None where it may be in it.

    A line must earn its place: about the reader's own people alone, of a record kept from nobody, naming nobody else.
    """
    if item.is_kept_from_some or item.is_sensitive:
        return "It is kept from some people"
    if item.heading in NEVER_IN_A_COPY:
        return "It is about harm or abuse: talk about it, do not write it"
    if not item.about or not item.about <= reader.circle:
        return "It is about somebody else too"
    alone = item.about == {reader.person}
    if item.heading in FOR_ONE_ALONE and not alone:
        of_children = item.heading != OutcomeHeading.SUBSTANCES and reader.person not in item.about
        if not of_children:
            return "It is private to somebody else"
    if mentions(item.text, reader.others_called):
        return "It names somebody else"
    if reader.places is not None and (_TELLS_WHERE.search(item.text) or mentions(item.text, reader.places)):
        return "It may tell where somebody is"
    return None


def mentions(text: str, words: Iterable[str]) -> bool:
    """Whether any of these names or places stands in a text as words of their own, however written."""
    said = f" {_folded(text)} "
    return any(f" {word} " in said for word in map(_folded, words) if word)


def _folded(text: str) -> str:
    return " ".join(re.findall(r"[^\W_]+", text.casefold()))
