"""Sends a report through the real verbs and puts it in the hub's queue through the real jobs, as their logins."""

import datetime
import uuid
from typing import Any

from django.utils import timezone

from referrals.actions import drafting, matching, receiving, reporting
from referrals.models import Contact, Report
from referrals.rules.report import Child, ReportAnswers
from referrals.vocabulary import Answer, ConcernKind, FamilyTold, Seen, Urgency
from sharing_agreements.models import Agency, Post
from sharing_agreements.part_known import PartKnownDate
from sharing_agreements.vocabulary import Precision, Purpose
from tests import cast
from tests.conftest import as_web, as_worker

BORN = datetime.date(2018, 3, 2)


def child(name: str = "Jo Smith", born: datetime.date = BORN, **more: Any) -> Child:
    """A child seen and spoken to with others, born on a known day."""
    return Child(name=name, born=PartKnownDate(born, Precision.DAY), **{"seen": Seen.WITH_OTHERS, **more})


def answers(*children: Child, **more: Any) -> ReportAnswers:
    """A green report of neglect about these children (Jo Smith unless given)."""
    return ReportAnswers(
        **{
            "danger": Answer.NO,
            "account": "Hungry again, no coat.",
            "concern": ConcernKind.NEGLECT,
            "happened": PartKnownDate(cast.today(), Precision.DAY),
            "happened_at": "At school",
            "children": children or (child(),),
            "now_at": "At home with mother",
            "told": FamilyTold.AGREED,
            "urgency": Urgency.GREEN,
            **more,
        }
    )


def send(by: Post, hub: Agency, *children: Child, at: datetime.datetime | None = None, **more: Any) -> Report:
    """File a report as its author would."""
    now = at or timezone.now()
    more.setdefault("happened", PartKnownDate(now.date(), Precision.DAY))
    with as_web(by, Purpose.REPORTING):
        draft = drafting.start_draft(key=uuid.uuid4(), by=by, now=now)
        sent = reporting.send_report(
            draft=draft, answers=answers(*children, **more), hub=hub, due_at=None, by=by, now=now
        )
    return Report.objects.get(reference=sent.reference)


def arrive(by: Post, hub: Agency, *children: Child, at: datetime.datetime | None = None, **more: Any) -> Contact:
    """File a report and let the jobs put it in the queue."""
    now = at or timezone.now()
    report = send(by, hub, *children, at=now, **more)
    with as_worker("receive_report"):
        contact = receiving.receive_report(report=report.pk, now=now)
    with as_worker("match_report"):
        matching.match_report(contact=contact.pk, now=now)
    contact.refresh_from_db()
    return contact
