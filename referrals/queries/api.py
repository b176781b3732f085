"""What a program reads back: the reports of whoever acts, page by page, with what became of each child."""

import datetime
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Q, QuerySet

from referrals.models import Draft, Report
from referrals.rules.report import IMPORTED
from sharing_agreements.models import Post

PAGE = 50


def own_reports(by: Post) -> QuerySet[Report]:
    """Reports that whoever acts wrote for the agency they act for. Not the old ones imported for a record system: the
    hub decides nothing about them."""
    own: QuerySet[Report] = Report.objects.visible().filter(author_id=by.practitioner_id, owner_id=by.agency_id)
    own = own.exclude(reference__startswith=IMPORTED)
    return own.select_related("sent_to").prefetch_related("children__wrong_mark", "feedback", "questions__answers")


@dataclass(frozen=True)
class Page:
    """Some reports, newest first, and the last one's id where more follow."""

    reports: list[Report]
    following: UUID | None


def page_of_own(by: Post, *, after: UUID | None) -> Page | None:
    """The newest reports, or those older than `after`; None when `after` is no report of theirs."""
    found = own_reports(by)
    if after is not None:
        last = own_reports(by).filter(pk=after).values_list("recorded_at", flat=True).first()
        if last is None:
            return None
        found = found.filter(Q(recorded_at__lt=last) | Q(recorded_at=last, pk__lt=after))
    rows = list(found.order_by("-recorded_at", "-pk")[: PAGE + 1])
    return Page(rows[:PAGE], rows[PAGE - 1].pk if len(rows) > PAGE else None)


def promised(reports: list[Report], by: Post) -> dict[UUID, datetime.datetime | None]:
    """When the hub promised to have decided each report, by the draft it was sent from, as its receipt says."""
    sent = Draft.objects.filter(author_id=by.practitioner_id, pk__in=[report.draft for report in reports])
    return dict(sent.values_list("pk", "due_at"))
