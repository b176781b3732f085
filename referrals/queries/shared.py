"""Concern reports of others that nobody sent here: released by a clause, or by the word of whoever owns them."""

import datetime
from dataclasses import dataclass
from uuid import UUID

from django.db import connection
from django.db.models import Q, QuerySet

from referrals.models import Report
from sharing_agreements.models import Identity, Post
from sharing_agreements.queries import identities_of
from sharing_agreements.queries.exceptions import shared_records
from sharing_agreements.vocabulary import Kind

PAGE = 50
LISTED = datetime.timedelta(days=366)
"""How long ago a report may have been written to be listed; older ones are found on a child's own pages."""


@dataclass(frozen=True)
class Shared:
    """Some reports, who the people in them are, and where the next page begins."""

    reports: list[Report]
    names: dict[UUID, Identity]
    older: str


def of_others(post: Post) -> QuerySet[Report]:
    """Reports of other agencies that were not sent to this one, as far as the principal may read them."""
    others = Report.objects.visible().exclude(owner_id=post.agency_id)
    found: QuerySet[Report] = others.exclude(sent_to_id=post.agency_id, sent_to__isnull=False).select_related("owner")
    return found


def shared_reports(post: Post, *, purpose: str, now: datetime.datetime, after: str) -> Shared:
    """Fifty reports, newest first. `after` is the `older` of the page before; no such mark gives the first page.

    The driving filter: agencies whose clauses open reports to this post, and rows shared by name.
    """
    lately = Q(owner_no__in=providers(post, purpose), recorded_at__gte=now - LISTED)
    found = of_others(post).filter(lately | Q(pk__in=shared_records()))
    if place := _place_of(after):
        at, key = place
        found = found.filter(Q(recorded_at__lt=at) | Q(recorded_at=at, pk__lt=key))
    rows = list(found.prefetch_related("children").order_by("-recorded_at", "-pk")[: PAGE + 1])
    page = rows[:PAGE]
    children = {child.person_id for report in page for child in report.children.all() if child.person_id}
    names = identities_of(children, for_post=post)
    older = f"{page[-1].recorded_at.isoformat()}_{page[-1].pk}" if len(rows) > PAGE else ""
    return Shared(page, names, older)


def shared_report(post: Post) -> QuerySet[Report]:
    """What a page of one such report needs."""
    parts = ("children__detail", "children__wrong_mark", "adults", "places", "additions")
    return of_others(post).select_related("detail").prefetch_related(*parts)


def providers(post: Post, purpose: str) -> list[int]:
    """Numbers of the agencies whose clauses in force open concern reports to this post's role for this purpose."""
    with connection.cursor() as cursor:
        cursor.execute(
            "select distinct r.provider_no from gate.rules(gate.today(), %s::smallint) r"
            " where r.kind = %s and r.role = %s and r.purpose = %s and r.level >= 2",
            [post.agency.no, Kind.CONCERN, post.role, purpose],
        )
        return [row[0] for row in cursor.fetchall()]


def _place_of(after: str) -> tuple[datetime.datetime, UUID] | None:
    """The place that a mark tells; None for what is no mark."""
    at, _, key = after.partition("_")
    try:
        return datetime.datetime.fromisoformat(at), UUID(key)
    except ValueError:
        return None
