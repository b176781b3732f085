"""How reporters hear back from one hub: the contacts of a period, with when each reporter first heard."""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from referrals.models import Contact, Feedback, ReportedChild
from referrals.rules.hearing import Told
from sharing_agreements.models import Post

MOST = 20_000
"""Contacts read at once: a year of a large hub. More are said to be left out."""


@dataclass(frozen=True)
class Heard:
    """One contact, who reported it, and the times."""

    contact: UUID
    reference: str
    agency: str
    agency_type: str
    chased_at: datetime.datetime | None
    is_open: bool
    told: Told


def heard_since(post: Post, since: datetime.datetime) -> list[Heard]:
    """The newest contacts this hub received since then, as far as the reader may see them. Anonymous ones left out."""
    rows = (
        Contact.objects.visible()
        .filter(owner_no=post.agency.no, received_at__gte=since, report__author__isnull=False)
        .select_related("report__owner")
        .order_by("-received_at")[:MOST]
    )
    contacts = list(rows)
    told = _first_told([row.report_id for row in contacts])
    return [
        Heard(
            row.pk,
            row.report.reference,
            row.report.owner.short_name,
            row.report.owner.type,
            row.chased_at,
            row.decided_at is None,
            Told(row.received_at, row.recorded_at, row.feedback_due_at, told.get(row.report_id)),
        )
        for row in contacts
    ]


def _first_told(reports: Iterable[UUID]) -> dict[UUID, datetime.datetime]:
    """When the reporter had heard something about every child of a report, wrong children aside; others left out."""
    wanted = list(reports)
    first: dict[UUID, datetime.datetime] = {}
    said = Feedback.objects.visible().filter(report_id__in=wanted).order_by("-recorded_at")
    for child, at in said.values_list("reported_child_id", "recorded_at"):
        first[child] = at
    children = ReportedChild.objects.visible().filter(report_id__in=wanted, wrong_mark__isnull=True)
    heard: dict[UUID, list[datetime.datetime | None]] = {}
    for report, child in children.values_list("report_id", "pk"):
        heard.setdefault(report, []).append(first.get(child))
    return {report: max(at for at in times if at) for report, times in heard.items() if all(times)}
