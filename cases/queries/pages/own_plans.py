"""Plans agencies make by themselves for children of a family, and agencies missing from the team."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from cases.models import Case, ExpectedAgency, OwnPlan, OwnPlanAim, TeamMember
from cases.queries.pages.family_top import FamilyTop
from cases.queries.pages.leading import Leading, answer_to
from sharing_agreements.models import Agency

READ = 40


@dataclass(frozen=True)
class OwnPlanShown:
    """One agency's own plan: for whom, its aims, and the agencies it asked that may be named."""

    row: OwnPlan
    child: str
    aims: list[OwnPlanAim]
    asked: list[str]


def own_plans_of(top: FamilyTop) -> list[OwnPlanShown]:
    """The plans this reader may see, the newest first. Three queries however many, one where there are none."""
    rows = OwnPlan.objects.visible().filter(person__in=list(top.anchors)).select_related("owner")
    return _shown(list(rows.order_by("-recorded_at")[:READ]), top)


def own_plan(row: OwnPlan, top: FamilyTop) -> OwnPlanShown:
    """One of them."""
    return _shown([row], top)[0]


def _shown(rows: list[OwnPlan], top: FamilyTop) -> list[OwnPlanShown]:
    if not rows:
        return []
    aims: dict[UUID, list[OwnPlanAim]] = defaultdict(list)
    for aim in OwnPlanAim.objects.visible().filter(plan__in=[row.pk for row in rows]).order_by("recorded_at", "id"):
        aims[aim.plan_id].append(aim)
    numbers = {no for row in rows for no in row.asked}
    names = dict(Agency.objects.filter(no__in=numbers, sensitive=False).values_list("no", "name"))
    return [
        OwnPlanShown(
            row,
            top.known[top.anchors.get(row.whom, row.whom)].name,
            aims[row.pk],
            sorted(names[no] for no in row.asked if no in names),
        )
        for row in rows
    ]


@dataclass(frozen=True)
class Expected:
    """An agency that should be in the team, and whether somebody of it is."""

    row: ExpectedAgency
    is_there: bool


def expected_of(case: Case, team: Iterable[TeamMember], leading: Leading) -> list[Expected]:
    """The agencies that should be in the team as far as this reader may see that; the missing ones first. One query."""
    there = {place.agency_id for place in team if place.ended_on is None and _said_yes(place)}
    if leading.lead and leading.lead.agency_id:
        there.add(leading.lead.agency_id)
    rows = ExpectedAgency.objects.visible().filter(case=case, ended_on=None).select_related("agency")
    found = [Expected(row, row.agency_id in there) for row in rows.order_by("recorded_at", "id")[:READ]]
    return sorted(found, key=lambda one: one.is_there)


def _said_yes(place: TeamMember) -> bool:
    answer = answer_to(place)
    return answer is not None and answer.accepted
