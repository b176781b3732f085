"""What a reporter reads: own drafts, own reports with what became of each child, and their team's."""

import datetime
from dataclasses import dataclass
from uuid import UUID

from django.db import connection
from django.db.models import QuerySet

from referrals.models import Draft, Feedback, Report
from sharing_agreements.models import Agency, Identity, Post
from sharing_agreements.queries import identities_of
from sharing_agreements.vocabulary import AgencyType

NEWEST = 50


def hub_for(agency: Agency) -> Agency | None:
    """The hub that decides for this agency's district; the agency itself when it is one."""
    if agency.type == AgencyType.HUB:
        return agency
    return Agency.objects.filter(type=AgencyType.HUB, district=agency.district).order_by("no").first()


def hubs() -> list[Agency]:
    """Every hub, for a page that does not know who reads it."""
    return list(Agency.objects.filter(type=AgencyType.HUB).order_by("name"))


def unsent_drafts_of(by: Post) -> QuerySet[Draft]:
    """Drafts this practitioner has neither sent nor put aside, newest first."""
    return Draft.objects.filter(author_id=by.practitioner_id, sent_at=None, abandoned_at=None).order_by("-changed_at")


@dataclass(frozen=True)
class UnsentDraft:
    """That a colleague's draft lies unsent; never a word of it."""

    author_name: str
    started_at: datetime.datetime


def unsent_drafts_of_others() -> list[UnsentDraft]:
    """Old unsent drafts of the people a supervisor or manager answers for; nothing for other roles."""
    with connection.cursor() as cursor:
        cursor.execute("select author_name, started_at from gate.unsent_drafts()")
        return [UnsentDraft(*row) for row in cursor.fetchall()]


def _with_all(reports: QuerySet[Report]) -> QuerySet[Report]:
    return reports.prefetch_related("children__wrong_mark", "feedback__read", "questions__answers")


def reports_by(by: Post) -> list[Report]:
    """This practitioner's own newest reports, with children, feedback and questions."""
    own = Report.objects.visible().filter(author_id=by.practitioner_id, owner_id=by.agency_id)
    return list(_with_all(own).order_by("-recorded_at")[:NEWEST])


def reports_of_colleagues(by: Post) -> list[Report]:
    """The newest reports of colleagues that this post's role reaches (a supervisor: the team's)."""
    theirs = Report.objects.visible().filter(owner_id=by.agency_id).exclude(author_id=by.practitioner_id)
    return list(_with_all(theirs).select_related("author").order_by("-recorded_at")[:NEWEST])


def own_agency_reports(by: Post) -> QuerySet[Report]:
    """Reports of this post's agency that row security lets it read, with everything a page of one needs."""
    reports = Report.objects.visible().filter(owner_id=by.agency_id)
    return _with_all(reports).select_related("detail", "hub_only", "author", "sent_to")


def names_in(reports: list[Report], by: Post) -> dict[UUID, Identity]:
    """Accounts of everybody in these reports, in one query."""
    return identities_of({person for report in reports for person in report.about}, for_post=by)


def own_receipt(by: Post, draft: UUID) -> Draft | None:
    """The author's receipt of a sent draft."""
    return Draft.objects.filter(pk=draft, author_id=by.practitioner_id, sent_at__isnull=False).first()


def latest_feedback(report: Report) -> dict[UUID, Feedback]:
    """The newest feedback per reported child of a loaded report."""
    return {one.reported_child_id: one for one in report.feedback.all()}


def report_of_receipt(receipt: Draft) -> Report | None:
    """The report a receipt is for; None when it is closed to the author's own agency."""
    found: Report | None = Report.objects.visible().filter(draft=receipt.pk).first()
    return found
