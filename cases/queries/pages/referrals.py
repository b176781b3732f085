"""Referrals of families to services: those of a plan, and where help was needed and none came."""

import datetime
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from django.db.models import OuterRef, Subquery

from cases.models import Case, ServiceReferral, ServiceReferralStep
from cases.rules.directory import FOLLOWS, UNMET
from cases.vocabulary import OutcomeHeading, ReferralState

READ = 400
COUNTED = 20_000
LOOKS_BACK = datetime.timedelta(days=365)


@dataclass(frozen=True)
class ReferralLine:
    """A referral and how it stands."""

    row: ServiceReferral
    steps: list[ServiceReferralStep]

    @property
    def state(self) -> ReferralState:
        """Where it stands."""
        return ReferralState(self.steps[-1].state) if self.steps else ReferralState.SENT

    @property
    def goes_on(self) -> bool:
        """Whether something may still become of it."""
        return bool(FOLLOWS[self.state])


def referrals_of(case: Case) -> dict[UUID, list[ReferralLine]]:
    """The referrals of a case by action, oldest first. Two queries."""
    rows = list(
        ServiceReferral.objects.visible().filter(case=case).select_related("service").order_by("recorded_at")[:READ]
    )
    steps: dict[UUID, list[ServiceReferralStep]] = defaultdict(list)
    for step in steps_of(rows):
        steps[step.referral_id].append(step)
    found: dict[UUID, list[ReferralLine]] = defaultdict(list)
    for row in rows:
        found[row.action_id].append(ReferralLine(row, steps[row.pk]))
    return found


def steps_of(rows: Iterable[ServiceReferral]) -> list[ServiceReferralStep]:
    """Every step of these referrals, in order; none is asked for where there is no referral."""
    asked = [row.pk for row in rows]
    if not asked:
        return []
    return list(ServiceReferralStep.objects.visible().filter(referral__in=asked).order_by("recorded_at", "id"))


def stands_at(referral: ServiceReferral) -> ReferralState:
    """Where a referral stands, as far as the reader may know."""
    return ReferralLine(referral, steps_of([referral])).state


@dataclass(frozen=True)
class Unmet:
    """Referrals of one need in one area that brought no help, by why."""

    heading: str
    area: str
    waiting: int
    refused: int
    no_funding: int

    @property
    def total(self) -> int:
        """All of them."""
        return self.waiting + self.refused + self.no_funding


def unmet_needs(*, today: datetime.date) -> list[Unmet]:
    """Where help was needed and none came, of the referrals of the last year that the reader may see: most first."""
    newest = ServiceReferralStep.objects.visible().filter(referral=OuterRef("pk")).order_by("-recorded_at", "-id")
    rows = (
        ServiceReferral.objects.visible()
        .filter(happened_on__gt=today - LOOKS_BACK)
        .annotate(stands=Subquery(newest.values("state")[:1]))
        .filter(stands__in=UNMET)
        .order_by()
        .values_list("heading", "area", "stands")[:COUNTED]
    )
    counted = Counter(rows)
    pairs = sorted({(heading, area) for heading, area, _ in counted})
    lines = [
        Unmet(
            OutcomeHeading(heading).label if heading else "No need named",
            area,
            counted[heading, area, ReferralState.WAITING_LIST],
            counted[heading, area, ReferralState.REFUSED],
            counted[heading, area, ReferralState.NO_FUNDING],
        )
        for heading, area in pairs
    ]
    return sorted(lines, key=lambda one: -one.total)
