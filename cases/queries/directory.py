"""The services directory: searched, looked up, and what is stale in it."""

import tomllib
from functools import cache
from pathlib import Path
from typing import NamedTuple

from django.db.models import Case, Q, QuerySet, Value, When
from django.db.models.functions import Lower

from cases.models import Service, UncheckedService
from cases.queries.pages.desk import WorkGroup, WorkLine
from cases.rules.directory import CLOSED_FOR_NOW, GONE, Entry
from sharing_agreements.part_known import say
from sharing_agreements.vocabulary import Precision

FILE = Path(__file__).resolve().parent.parent / "directory" / "needs.toml"
SHOWN = 50
IN_MY_WORK = 5


class Wanted(NamedTuple):
    """What somebody looks for. Empty parts ask nothing."""

    words: str = ""
    heading: str = ""
    age: int | None = None
    place: str = ""


@cache
def words_of_needs() -> dict[str, tuple[str, ...]]:
    """The words that say which outcome heading a service belongs to."""
    return {heading: tuple(words) for heading, words in tomllib.loads(FILE.read_text("utf-8")).items()}


def services_for(wanted: Wanted) -> QuerySet[Service]:
    """Services that fit, the closed for now last. One that says nothing of ages or areas is for all of them."""
    rows = Service.objects.exclude(status__in=GONE)
    for word in wanted.words.split()[:6]:
        said = Q(name__icontains=word) | Q(description__icontains=word) | Q(organization__icontains=word)
        rows = rows.filter(said | Q(terms__icontains=word))
    if wanted.heading:
        rows = rows.filter(headings__contains=[wanted.heading])
    if wanted.age is not None:
        rows = rows.filter(Q(minimum_age__isnull=True) | Q(minimum_age__lte=wanted.age))
        rows = rows.filter(Q(maximum_age__isnull=True) | Q(maximum_age__gte=wanted.age))
    if wanted.place:
        anywhere = Q(areas=[], places=[])
        rows = rows.filter(anywhere | Q(areas__icontains=wanted.place) | Q(places__icontains=wanted.place))
    closed = Case(When(status=CLOSED_FOR_NOW, then=Value(1)), default=Value(0))
    return rows.order_by(closed, Lower("name"), "id")


def unchecked() -> list[UncheckedService]:
    """Entries that wait for a check, the longest first."""
    return list(
        UncheckedService.objects.filter(cleared_at__isnull=True)
        .select_related("service")
        .order_by("raised_on", "service__name")[:SHOWN]
    )


def services_to_check() -> list[WorkGroup]:
    """For my work of whoever keeps the directory: the entries that wait longest for a check, one line each (J15)."""
    lines = [
        WorkLine(one.pk, one.service.name, _last_check(one.service), "Check it", "show_service", one.service_id)
        for one in unchecked()
    ]
    return [WorkGroup("Services to check", lines[:IN_MY_WORK], max(len(lines) - IN_MY_WORK, 0))] if lines else []


def _last_check(service: Service) -> str:
    day = service.assured_date
    return f"Last checked {say(day, Precision.DAY)}" if day else "Nobody has checked it yet"


def held(entries: list[Entry]) -> dict[str, Service]:
    """The services that are here already, by the id of their file."""
    return {one.their_id: one for one in Service.objects.filter(their_id__in=[entry.their_id for entry in entries])}
