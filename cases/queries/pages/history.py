"""A family's history counted: by month, agency and kind. For the filters of the chronology and its time strip."""

import datetime
from collections import Counter
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Count, F, Q
from django.db.models.functions import Coalesce, TruncMonth

from cases.models import CaseMove
from cases.presenting.time_strip import Moved, Strip, time_strip
from cases.queries.pages.chronology import events_of
from cases.queries.pages.family_top import FamilyTop
from cases.vocabulary import CaseState
from sharing_agreements.models import Agency
from sharing_agreements.vocabulary import Precision

MOVES_READ = 200
DATED = (Precision.DAY, Precision.MONTH, Precision.DUE)
"""Dates known well enough to stand in a month."""
SHOWN_MOVES = {
    CaseState.PLAN_ACTIVE: "Plan began",
    CaseState.STEPPED_DOWN: "Stepped down",
    CaseState.STEPPED_UP: "Stepped up",
    CaseState.CLOSED: "Closed",
}


@dataclass(frozen=True)
class History:
    """What there is that this reader may see: happenings by month and agency, kinds, agencies, years."""

    by_month: dict[tuple[datetime.date, UUID], int]
    kinds: list[int]
    agencies: dict[UUID, str]
    years: list[int]
    undated: int


def history_of(top: FamilyTop) -> History:
    """Two queries, however long the history. A happening counts once for each agency that tells of it."""
    rows = (
        events_of(top)
        .filter(withdrawn_at__isnull=True)
        .order_by()
        .values(month=TruncMonth("happened_on"), agency=F("owner"), of=F("kind"), known=Q(precision__in=DATED))
        .annotate(happened=Count(Coalesce("event_id", "id"), distinct=True))
    )
    by_month: Counter[tuple[datetime.date, UUID]] = Counter()
    kinds: set[int] = set()
    agencies: Counter[UUID] = Counter()
    years: set[int] = set()
    undated = 0
    for row in rows:
        kinds.add(row["of"])
        years.add(row["month"].year)
        agencies[row["agency"]] += row["happened"]
        if row["known"]:
            by_month[row["month"], row["agency"]] += row["happened"]
        else:
            undated += row["happened"]
    names = dict(Agency.objects.filter(pk__in=list(agencies)).values_list("pk", "name"))
    ordered = {
        agency: names[agency] for agency, _ in sorted(agencies.items(), key=lambda one: (-one[1], names[one[0]]))
    }
    return History(dict(by_month), sorted(kinds), ordered, sorted(years, reverse=True), undated)


def strip_of(top: FamilyTop, history: History, *, today: datetime.date) -> Strip | None:
    """The time strip; None where no month is known. One query more, for the moves of the children's cases."""
    moves = CaseMove.objects.visible().filter(family=top.family, to_state__in=list(SHOWN_MOVES)).order_by("at")
    shown = {Moved(move.at.date(), SHOWN_MOVES[CaseState(move.to_state)]) for move in moves[:MOVES_READ]}
    return time_strip(history.by_month, history.agencies, sorted(shown), today=today)
