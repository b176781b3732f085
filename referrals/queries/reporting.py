"""What a reporter reads: own drafts, own reports with what became of each child, and their team's."""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from django.db import connection
from django.db.models import QuerySet

from referrals.models import Draft, Feedback, Report
from referrals.rules import clocks
from referrals.rules.chasing import Heard
from referrals.vocabulary import AdditionKind, Sooner
from sharing_agreements.models import Agency, Identity, Post
from sharing_agreements.queries import identities_of
from sharing_agreements.vocabulary import SCHOOLS, AgencyType
from sharing_agreements.working_time import Calendar

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


@dataclass(frozen=True)
class Progress:
    """When the hub did what with one report: in its queue, heard from by, graded, what was added last read."""

    queued_at: datetime.datetime
    feedback_due_at: datetime.datetime
    graded_at: datetime.datetime | None
    read_at: datetime.datetime | None


def progress_of(reports: Iterable[Report]) -> dict[UUID, Progress]:
    """How far the hub is with the acting practitioner's own reports; nothing of others'. One query."""
    with connection.cursor() as cursor:
        cursor.execute("select * from gate.progress_of(%s::uuid[])", [[report.pk for report in reports]])
        return {report: Progress(*times) for report, *times in cursor.fetchall()}


def decided_at(report: Report) -> datetime.datetime | None:
    """When the reporter of a loaded report had been told a decision about every child; None while one is missing."""
    first: dict[UUID, datetime.datetime] = {}
    for one in report.feedback.all():
        if one.outcome != Sooner.NOT_DECIDED:
            first.setdefault(one.reported_child_id, one.recorded_at)
    times = [first.get(child.pk) for child in report.children.all() if not hasattr(child, "wrong_mark")]
    told = [at for at in times if at is not None]
    return max(told) if told and len(told) == len(times) else None


def heard_of(report: Report, by: Post, calendar: Calendar) -> Heard:
    """What its reporter knows of a loaded report, as the rule of asking wants it."""
    said = [one.recorded_at for one in report.feedback.all() if one.outcome == Sooner.NOT_DECIDED]
    asked = report.additions.filter(what=AdditionKind.CHASE).order_by("-recorded_at")
    progress = progress_of([report]).get(report.pk)
    by_then = (
        progress.feedback_due_at
        if progress
        else clocks.feedback_due(report.sent_at, from_school=by.agency.type in SCHOOLS, calendar=calendar)
    )
    receipt = own_receipt(by, report.draft)
    promised = receipt.due_at if receipt and receipt.due_at else by_then
    return Heard(
        due_at=min(by_then, promised),
        decided=decided_at(report) is not None,
        is_asked=any(not one.answers.all() for one in report.questions.all()),
        last_word_at=max(said, default=None),
        last_chase_at=asked.values_list("recorded_at", flat=True).first(),
    )
