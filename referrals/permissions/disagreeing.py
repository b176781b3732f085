"""May this post disagree, take it further, or answer? Each answer is a Refusal or None."""

from referrals import refusals
from referrals.models import Decision, DisagreementRung, ReportedChild
from referrals.rules import disagreeing as rules
from referrals.rules.disagreeing import Standing
from referrals.vocabulary import Outcome, Rung, RungVerdict
from sharing_agreements.models import Post
from sharing_agreements.refusals import Refusal, not_yours
from sharing_agreements.vocabulary import CASEWORK_ROLES, HUB_ROLES, Role

HUB = HUB_ROLES | {Role.MANAGER}


def why_not_disagree(*, child: ReportedChild, is_told: bool, is_running: bool, by: Post) -> Refusal | None:
    """Somebody of the agency that reported a child, once the hub has told it what was decided."""
    if child.owner_id != by.agency_id or by.role not in CASEWORK_ROLES:
        return not_yours()
    return _not_now(is_told=is_told, is_running=is_running)


def why_not_disagree_at_hub(*, decision: Decision | None, hub: object, is_running: bool, by: Post) -> Refusal | None:
    """Somebody at the hub other than the decider, once the decision counts."""
    if hub != by.agency_id or by.role not in HUB:
        return not_yours()
    if decision is not None and decision.author_id == by.practitioner_id:
        return refusals.YOUR_OWN_DECISION
    return _not_now(is_told=decision is not None and not decision.held, is_running=is_running)


def _not_now(*, is_told: bool, is_running: bool) -> Refusal | None:
    if not is_told:
        return refusals.NOTHING_DECIDED
    return refusals.DISAGREED_ALREADY if is_running else None


def standing(rung: DisagreementRung, *, is_latest: bool) -> Standing:
    """A rung as the rule wants it."""
    answer = getattr(rung, "answer", None)
    return Standing(Rung(rung.rung), rung.due_at, RungVerdict(answer.verdict) if answer else None, is_latest)


def why_not_further(*, rung: DisagreementRung, is_latest: bool, by: Post) -> Refusal | None:
    """Whoever disagrees takes it to the next rung after an answer they do not accept."""
    if rung.sent_to_practitioner_id != by.practitioner_id or rung.sent_to_id != by.agency_id:
        return not_yours()
    why = rules.why_not_further(standing(rung, is_latest=is_latest))
    return refusals.NOT_FURTHER[why] if why else None


def why_not_answer_rung(
    *, rung: DisagreementRung, is_latest: bool, disagrees: bool, by: Post, verdict: RungVerdict | None = None
) -> Refusal | None:
    """Whoever decided, or above them a manager of the hub, answers a rung that waits. What stands beside it has the
    same answer and none of its own."""
    if rung.owner_id != by.agency_id or by.role not in HUB or rung.joins_id:
        return not_yours()
    may = rules.may_answer(
        Rung(rung.rung),
        is_decider=rung.decision.author_id == by.practitioner_id,
        is_manager=by.role == Role.MANAGER,
        is_who_disagrees=disagrees,
    )
    if not may:
        return refusals.SOMEBODY_ELSE_ANSWERS
    if getattr(rung, "answer", None) or not is_latest:
        return refusals.RUNG_IS_DONE
    can_be = rules.can_be(verdict, outcome=Outcome(rung.decision.outcome))
    return None if can_be else refusals.HELP_HAS_BEGUN
