"""Reads of the ground that cross models. Row security decides what comes back; nothing here restates a rule."""

import datetime
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from uuid import UUID

from django.contrib.postgres.aggregates import ArrayAgg
from django.db import connection
from django.db.models import Max, Min, Q, QuerySet

from sharing_agreements.models import HubHours, Identity, MatchWeights, Post, WorkingDay
from sharing_agreements.vocabulary import Kind
from sharing_agreements.working_time import Calendar


def same_people(people: Iterable[UUID]) -> dict[UUID, UUID]:
    """Every anchor that is one of these people (merged ones included) -> an anchor that was asked about.

    Where two that were asked about are one person, both go to the same one of them.
    """
    asked = list(dict.fromkeys(people))
    if not asked:
        return {}
    with connection.cursor() as cursor:
        cursor.execute("select m, p from unnest(%s::uuid[]) p, unnest(gate.same_person(p)) m", [asked])
        return dict(cursor.fetchall())


def identities_of(people: Iterable[UUID], *, for_post: Post) -> dict[UUID, Identity]:
    """The account of each person to show: the viewer's own agency's first, else the newest visible one.

    Once anybody says that an unborn child is born, what was said of the unborn child comes last; once an agency says
    that somebody has died, that comes first.
    One query for a whole page (decision 0008). A person without a visible account is absent from the answer:
    say "a person we cannot name", never "nobody".
    """
    asked = list(people)
    anchors = same_people(asked)
    return best_accounts(accounts_of(anchors), asked, anchors, for_post=for_post)


def accounts_of(anchors: Iterable[UUID]) -> QuerySet[Identity]:
    """Every account of these anchors that may be seen, newest first: a list for `together`."""
    return Identity.objects.filter(person_id__in=list(anchors)).select_related("owner").order_by("-recorded_at")


def best_accounts(
    rows: Iterable[Identity], asked: Iterable[UUID], anchors: Mapping[UUID, UUID], *, for_post: Post
) -> dict[UUID, Identity]:
    """Of these accounts, newest first, the one to show of each person: see `identities_of`."""
    newest: dict[tuple[UUID | None, UUID], Identity] = {}
    for row in rows:
        newest.setdefault((row.main_person, row.owner_id), row)
    best: dict[UUID, Identity] = {}
    own = for_post.agency_id
    for row in sorted(newest.values(), key=lambda r: (not r.has_died, r.is_unborn, r.owner_id != own)):
        best.setdefault(anchors[row.main_person], row)
    return {person: best[anchors[person]] for person in asked if anchors.get(person) in best}


def match_weights() -> MatchWeights:
    """The weights in force: the newest version."""
    return MatchWeights.objects.latest("version")


@dataclass(frozen=True)
class Holding:
    """That an agency holds a kind of record about somebody, by month. Some of it may be withheld."""

    agency_no: int
    kind: Kind
    first_month: datetime.date
    last_month: datetime.date
    withheld: bool


def who_holds(people: Iterable[UUID]) -> list[Holding]:
    """Which agencies hold which kinds about these people, as far as existence may be known to the principal."""
    with connection.cursor() as cursor:
        cursor.execute("select * from gate.who_holds(%s::uuid[])", [list(people)])
        return [Holding(no, Kind(kind), *rest) for no, kind, *rest in cursor.fetchall()]


def calendar() -> Calendar:
    """The partnership's working days and hub hours, in two small queries. Load it once and pass it on."""
    days = WorkingDay.objects.aggregate(
        first=Min("date"), last=Max("date"), holidays=ArrayAgg("date", filter=~Q(bank_holiday=""), default=[])
    )
    hours = {h.weekday: (h.opens_at, h.closes_at) for h in HubHours.objects.all()}
    return Calendar(
        first=days["first"],
        last=days["last"],
        holidays=frozenset(days["holidays"]),
        hours=hours,
    )


@dataclass(frozen=True)
class StoppedJob:
    """A job owed that used up its attempts. The error is its kind only: its words may be personal."""

    id: UUID
    job: str
    made_at: datetime.datetime
    stopped_at: datetime.datetime
    attempts: int
    last_error: str


def stopped_jobs() -> list[StoppedJob]:
    """Jobs that stopped, longest first; nobody but an administrator is told of any."""
    with connection.cursor() as cursor:
        cursor.execute("select id, job, made_at, stopped_at, attempts, last_error from gate.stopped_jobs()")
        return [StoppedJob(*row) for row in cursor.fetchall()]


def superseded() -> dict[UUID, datetime.date]:
    """Agreements a newer version has replaced or will on a day that is settled -> the first day of that version."""
    with connection.cursor() as cursor:
        cursor.execute(
            "select newer.replaces_id, began.first_day from gate.first_days_in_force() began"
            " join sharing_agreements_agreement newer on newer.id = began.agreement_id"
            " where newer.replaces_id is not null"
        )
        return dict(cursor.fetchall())
