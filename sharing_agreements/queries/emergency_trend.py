"""How emergency access is used over a year, as far as the acting governance lead reads it (row security decides)."""

import datetime
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Max, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import TruncMonth

from sharing_agreements.models import Agency, EmergencyAccess, Post
from sharing_agreements.vocabulary import EmergencyOutcome, Role
from sharing_agreements.working_time import LONDON

YEAR = datetime.timedelta(days=366)
OFTEN = 2
"""From this many in a year a practitioner is named: either their post lacks an agreement, or somebody should ask."""


@dataclass(frozen=True)
class Tally:
    """How many accesses were opened under one heading, and what their reviews found."""

    heading: str
    opened: int
    waiting: int
    justified: int
    agreement_missing: int
    not_justified: int


@dataclass(frozen=True)
class Repeated:
    """A practitioner who opened families several times."""

    name: str
    agency: str
    opened: int
    not_justified: int
    last_at: datetime.datetime


@dataclass(frozen=True)
class Trend:
    """A year of emergency access: by month (newest first), by agency and role, and who used it repeatedly."""

    months: list[Tally]
    posts: list[Tally]
    repeated: list[Repeated]


def trend(*, now: datetime.datetime) -> Trend:
    """The year before `now`. Months are London's."""
    year = EmergencyAccess.objects.filter(started_at__gt=now - YEAR)
    names = dict(Agency.objects.values_list("no", "name"))
    months = _tallies(year.annotate(month=TruncMonth("started_at", tzinfo=LONDON)), "month").order_by("-month")
    role = Subquery(Post.objects.filter(pk=OuterRef("post_id")).values("role")[:1])
    posts = _tallies(year.annotate(role=role), "agency_no", "role").order_by("-opened", "agency_no", "role")
    return Trend(
        [_tally(row.pop("month").strftime("%B %Y"), row) for row in months],
        [_tally(f"{names[row.pop('agency_no')]}, {Role(row.pop('role')).label.lower()}", row) for row in posts],
        _repeated(year, names),
    )


def _tallies(rows: "QuerySet[EmergencyAccess]", *by: str) -> "QuerySet[EmergencyAccess, dict[str, Any]]":
    found = {outcome.value: Count("id", filter=Q(outcome=outcome)) for outcome in EmergencyOutcome}
    waiting = Count("id", filter=Q(reviewed_at__isnull=True))
    tallies: QuerySet[EmergencyAccess, dict[str, Any]]
    tallies = rows.order_by().values(*by).annotate(opened=Count("id"), waiting=waiting, **found)
    return tallies


def _tally(heading: str, row: dict[str, Any]) -> Tally:
    return Tally(heading, **row)


def _repeated(year: "QuerySet[EmergencyAccess]", names: dict[int, str]) -> list[Repeated]:
    bad = Count("id", filter=Q(outcome=EmergencyOutcome.NOT_JUSTIFIED))
    rows = year.order_by().values("practitioner__name", "practitioner", "agency_no")
    often = rows.annotate(opened=Count("id"), bad=bad, last=Max("started_at")).filter(opened__gte=OFTEN)
    return [
        Repeated(row["practitioner__name"], names[row["agency_no"]], row["opened"], row["bad"], row["last"])
        for row in often.order_by("-opened", "-last")
    ]
