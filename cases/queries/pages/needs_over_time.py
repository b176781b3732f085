"""What a family needed over time, by the ten outcome headings, as far as the reader may see."""

import datetime
from uuid import UUID

from cases.models import ChildInCase, Need
from cases.presenting.needs_grid import NeedDays, NeedsGrid, needs_grid
from cases.queries.pages.family_top import ENDED, FamilyTop
from cases.vocabulary import OutcomeHeading

READ = 500


def needs_over_time(top: FamilyTop, *, today: datetime.date) -> NeedsGrid | None:
    """All needs of all the family's cases. A need nobody ended ends with the work for its child. Two queries."""
    needs = Need.objects.visible().filter(family=top.family).order_by("happened_on")[:READ]
    places = ChildInCase.objects.visible().filter(family=top.family, state__in=ENDED)[:READ]
    over: dict[tuple[UUID, UUID], datetime.date] = {(one.case_id, one.whom): one.since.date() for one in places}
    return needs_grid([_days(need, over) for need in needs], today=today)


def _days(need: Need, over: dict[tuple[UUID, UUID], datetime.date]) -> NeedDays:
    ended = need.ended_on
    if ended is None and need.person_id is not None:
        ended = over.get((need.case_id, need.person_id))
    return NeedDays(OutcomeHeading(need.heading), need.happened_on, ended)
