"""The plan of a case: needs, the outcomes wanted, and who does what by when."""

from collections import defaultdict
from dataclasses import dataclass
from uuid import UUID

from cases.models import Action, Case, Need, Outcome
from cases.queries.pages.family_top import FamilyTop
from cases.queries.pages.referrals import ReferralLine, referrals_of

NEEDS_READ = 60
OUTCOMES_READ = 200
ACTIONS_READ = 400


@dataclass(frozen=True)
class ActionInPlan:
    """One action, with the services the family was referred to by it."""

    action: Action
    referrals: list[ReferralLine]


@dataclass(frozen=True)
class NeedInPlan:
    """One need with what hangs from it."""

    need: Need
    whose: str
    detail: str
    outcomes: list[Outcome]
    actions: list[ActionInPlan]


@dataclass(frozen=True)
class Plan:
    """The needs of a case, and actions that belong to none of them."""

    needs: list[NeedInPlan]
    other_actions: list[ActionInPlan]

    @property
    def open_outcomes(self) -> int:
        """Outcomes of running needs, not yet reached."""
        return sum(
            1
            for one in self.needs
            if one.need.ended_on is None
            for outcome in one.outcomes
            if outcome.reached_on is None
        )


def plan_of(top: FamilyTop) -> Plan:
    """The plan as far as the reader may see it; running needs first. Four queries, one more with referrals."""
    if top.case is None:
        return Plan([], [])
    case = {"case": top.case}
    needs = list(Need.objects.visible().filter(**case).select_related("detail").order_by("recorded_at")[:NEEDS_READ])
    outcomes: dict[UUID, list[Outcome]] = defaultdict(list)
    for outcome in Outcome.objects.visible().filter(need__in=needs).order_by("recorded_at")[:OUTCOMES_READ]:
        outcomes[outcome.need_id].append(outcome)
    referrals = referrals_of(top.case)
    actions: dict[UUID | None, list[ActionInPlan]] = defaultdict(list)
    for action in (
        Action.objects.visible()
        .filter(**case)
        .select_related("doer", "doer_agency")
        .order_by("settled_at", "due_on", "recorded_at")[:ACTIONS_READ]
    ):
        actions[action.need_id].append(ActionInPlan(action, referrals.get(action.pk, [])))
    listed = [_need(top, need, outcomes[need.pk], actions[need.pk]) for need in needs]
    shown = {need.pk for need in needs}
    loose = [action for key, some in actions.items() if key not in shown for action in some]
    return Plan(sorted(listed, key=lambda one: one.need.ended_on is not None), loose)


def open_outcomes(case: Case) -> int:
    """How many outcomes of running needs are not yet reached, as far as the reader may see."""
    running = Outcome.objects.visible().filter(need__case=case, need__ended_on__isnull=True, reached_on__isnull=True)
    count: int = running.count()
    return count


def _need(top: FamilyTop, need: Need, outcomes: list[Outcome], actions: list[ActionInPlan]) -> NeedInPlan:
    about = dict.fromkeys(top.anchors.get(person, person) for person in need.about)
    detail = getattr(need, "detail", None)
    return NeedInPlan(need, top.known.names(about), detail.description if detail else "", outcomes, actions)
