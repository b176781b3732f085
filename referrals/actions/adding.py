"""What a reporter says after sending. The report stays as it was; each addition stands beside it."""

import datetime
from typing import Any

from django.db import transaction

from referrals.actions.noticing import take_back_for_wrong_child
from referrals.models import Draft, FeedbackRead, Question, Report, ReportAddition, ReportedChild, WrongChildMark
from referrals.permissions import why_not_add
from referrals.queries.reporting import heard_of
from referrals.rules.chasing import why_not_chase
from referrals.vocabulary import AdditionKind
from sharing_agreements.actions.owing import owe
from sharing_agreements.actions.recording import record_sending
from sharing_agreements.models import Post
from sharing_agreements.queries import calendar
from sharing_agreements.refusals import require

BASIS = "Public task: safeguarding and promoting the welfare of children"


def _like(report: Report, by: Post, now: datetime.datetime) -> dict[str, Any]:
    """Facts an addition shares with its report: owner, people, hub, and whom it is hidden from."""
    return {
        "owner": by.agency,
        "author": by.practitioner,
        "about": report.about,
        "happened_on": report.happened_on,
        "recorded_at": now,
        "sent_to_id": report.sent_to_id,
        "hidden_from": report.hidden_from,
        "report": report,
    }


def _tell_hub(addition: ReportAddition, by: Post, now: datetime.datetime) -> ReportAddition:
    """The decider is told again: a job puts the contact's news first."""
    owe(job="receive_addition", key=f"receive_addition:{addition.pk}", payload={"addition": addition.pk})
    record_sending(what="addition sent to hub", by=by, record_ids=[addition.pk], basis=BASIS, at=now)
    return addition


@transaction.atomic
def add_to_report(*, report: Report, text: str, by: Post, now: datetime.datetime) -> ReportAddition:
    """Add more to a sent report."""
    require(why_not_add(report=report, by=by))
    more = ReportAddition.objects.create(**_like(report, by, now), what=AdditionKind.MORE, text=text)
    return _tell_hub(more, by, now)


@transaction.atomic
def correct_report(
    *, report: Report, part: str, said_before: str, text: str, by: Post, now: datetime.datetime
) -> ReportAddition:
    """Say that a part of a sent report should read otherwise. Both versions are kept."""
    require(why_not_add(report=report, by=by))
    correction = ReportAddition.objects.create(
        **_like(report, by, now), what=AdditionKind.CORRECTION, part=part, said_before=said_before, text=text
    )
    return _tell_hub(correction, by, now)


@transaction.atomic
def answer_question(*, question: Question, text: str, by: Post, now: datetime.datetime) -> ReportAddition:
    """Answer what the hub asked."""
    require(why_not_add(report=question.report, by=by))
    answer = ReportAddition.objects.create(
        **_like(question.report, by, now), what=AdditionKind.ANSWER, question=question, text=text
    )
    return _tell_hub(answer, by, now)


@transaction.atomic
def chase_report(*, report: Report, text: str, by: Post, now: datetime.datetime) -> ReportAddition:
    """Ask the hub what became of a loaded report: refused before its time, or within a working day of the last word.

    Two windows at once ask once: the report's row cannot be locked by its reporter, so the draft it was sent from is.
    """
    require(why_not_add(report=report, by=by))
    days = calendar()
    Draft.objects.select_for_update().filter(pk=report.draft).first()
    require(why_not_chase(heard_of(report, by, days), now, days))
    asked = ReportAddition.objects.create(**_like(report, by, now), what=AdditionKind.CHASE, text=text)
    return _tell_hub(asked, by, now)


@transaction.atomic
def mark_wrong_child(*, child: ReportedChild, because: str, by: Post, now: datetime.datetime) -> ReportAddition:
    """Say that a reported child is not the child it happened to. Marking twice marks once."""
    require(why_not_add(report=child.report, by=by))
    shared = _like(child.report, by, now)
    one_child = {name: value for name, value in shared.items() if name not in {"about", "report"}}
    if not WrongChildMark.objects.filter(reported_child=child).exists():
        WrongChildMark.objects.create(**one_child, person_id=child.person_id, reported_child=child)
        take_back_for_wrong_child(report=child.report, person=child.main_person, now=now)
    marked = ReportAddition.objects.create(
        **shared, what=AdditionKind.WRONG_CHILD, part=f"Child {child.position + 1}", text=because
    )
    return _tell_hub(marked, by, now)


@transaction.atomic
def read_feedback(*, report: Report, by: Post, now: datetime.datetime) -> None:
    """Note that the reporter has read what became of each child."""
    if why_not_add(report=report, by=by):
        return
    facts = {name: value for name, value in _like(report, by, now).items() if name not in {"about", "report"}}
    for feedback in report.feedback.all():
        if not hasattr(feedback, "read"):
            FeedbackRead.objects.create(**facts, person_id=feedback.person_id, feedback=feedback)
