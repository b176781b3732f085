"""What the hub's jobs do with a report that was sent: put it in the queue, and put what is said later in front.

Run by the worker as the job of that name. Each may run twice and changes nothing the second time.
"""

import datetime
from uuid import UUID

from django.db import transaction

from referrals.actions.watching import owe_watch
from referrals.models import CheckAnswer, Contact, HubThreshold, Report, ReportAddition
from referrals.queries.marks import watched_since
from referrals.rules import clocks, deciding
from referrals.vocabulary import AdditionKind, AgencyAnswer, Answer, ContactStatus, HubRule, Urgency
from sharing_agreements import queries
from sharing_agreements.actions.owing import owe
from sharing_agreements.vocabulary import SCHOOLS
from sharing_agreements.working_time import LONDON


@transaction.atomic
def receive_report(*, report: UUID, now: datetime.datetime) -> Contact:
    """Put a sent report in the hub's queue with its first clock, and owe the look for people already known
    and for repeats."""
    sent = Report.objects.select_related("sent_to", "owner").get(pk=report)
    earlier: Contact | None = Contact.objects.filter(report=sent).first()
    if earlier is not None:
        return earlier
    danger = sent.danger == Answer.YES
    since = watched_since(sent.about)
    urgent = danger or sent.urgency == Urgency.RED or since is not None
    calendar = queries.calendar()
    clock = clocks.first_clock(received_at=sent.sent_at, urgent=urgent, calendar=calendar)
    contact: Contact = Contact.objects.create(
        owner=sent.sent_to,
        about=sent.about,
        hidden_from=sent.hidden_from,
        happened_on=sent.sent_at.astimezone(LONDON).date(),
        recorded_at=now,
        report=sent,
        danger=danger,
        reported=sent.urgency,
        received_at=sent.sent_at,
        grade_by=clock.due_at,
        **clock.columns(calendar),
        feedback_due_at=_feedback_due(sent),
        provisional=since is not None,
        watched_since=since,
    )
    sampled = deciding.is_sampled(contact.pk.int)
    Contact.objects.filter(pk=contact.pk).update(looked_at=sampled)
    owe(job="match_report", key=f"match_report:{contact.pk}", payload={"contact": contact.pk})
    owe_watch(contact=contact.pk, because="received", at=now)
    return contact


def _feedback_due(sent: Report) -> datetime.datetime:
    """When the reporter must have heard, by the number of working days the partnership allows today."""
    days = HubThreshold.objects.get(rule=HubRule.FEEDBACK_LATE).days
    return clocks.feedback_due(
        sent.sent_at, from_school=sent.owner.type in SCHOOLS, calendar=queries.calendar(), days=days
    )


@transaction.atomic
def receive_addition(*, addition: UUID, now: datetime.datetime) -> None:
    """Put what was said after sending in front of the decider; a decided contact opens again until it is read.

    A reporter who asks what became of it opens nothing: the card says so until they are told.
    """
    said = ReportAddition.objects.get(pk=addition)
    contact = Contact.objects.get(report_id=said.report_id)
    if said.what == AdditionKind.CHASE:
        if contact.status != ContactStatus.DECIDED:
            changes = {"chased_at": said.recorded_at, "news_at": now, "version": contact.version + 1}
            Contact.objects.filter(pk=contact.pk).update(**changes)
        return
    answers = said.what == AdditionKind.ANSWER or contact.status == ContactStatus.WAITING
    _put_in_front(contact, now, waiting_ends=answers)


@transaction.atomic
def receive_check_answer(*, answer: UUID, now: datetime.datetime) -> None:
    """Put an agency's answer in front of the decider. A decided contact opens again only when something is known."""
    said = CheckAnswer.objects.select_related("check_asked").get(pk=answer)
    contact = Contact.objects.get(pk=said.check_asked.contact_id)
    if contact.status != ContactStatus.DECIDED or said.answer == AgencyAnswer.KNOWN:
        _put_in_front(contact, now, waiting_ends=False)


def _put_in_front(contact: Contact, now: datetime.datetime, *, waiting_ends: bool) -> None:
    """Mark a contact as having news. `waiting_ends`: what the hub waited for from the reporter has come."""
    changes: dict[str, object] = {"news_at": now, "version": contact.version + 1}
    if waiting_ends:
        changes |= {"waiting_since": None, "status": ContactStatus.SCREENING}
    if contact.status == ContactStatus.DECIDED:
        calendar = queries.calendar()
        changes |= {"status": ContactStatus.SCREENING, "decided_at": None}
        changes |= clocks.grading_clock(now, calendar).columns(calendar)
    Contact.objects.filter(pk=contact.pk).update(**changes)
