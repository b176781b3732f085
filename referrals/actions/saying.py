"""The hub tells a reporter that nothing is decided yet, so that nobody waits unheard (D9: a day, decided or not)."""

import datetime

from django.db import transaction

from referrals import refusals
from referrals.actions.triaging import BASIS, change, enter, row_of
from referrals.models import Contact, Feedback, ReportedChild
from referrals.permissions import hub as permissions
from referrals.rules.feedback import words_not_decided
from referrals.vocabulary import ContactStep, Sooner
from sharing_agreements.actions.recording import record_sending
from sharing_agreements.models import Post
from sharing_agreements.refusals import require


def children_not_decided(contact: Contact) -> list[ReportedChild]:
    """The children of whom the reporter has not been told a decision, in the order of the report."""
    told = Feedback.objects.filter(report_id=contact.report_id).exclude(outcome=Sooner.NOT_DECIDED)
    waiting = contact.report.children.filter(wrong_mark__isnull=True)
    return list(waiting.exclude(pk__in=told.values("reported_child_id")).order_by("position"))


@transaction.atomic
def say_not_decided(*, contact: Contact, version: int, by: Post, now: datetime.datetime) -> list[Feedback]:
    """Tell the reporter, child by child, that nothing is decided yet and by when it will be. Takes off that they asked.

    Refused `nothing_to_tell` when a decision was told of every child, `contact_changed` when the page was stale.
    """
    require(permissions.why_not_say_not_decided(contact=contact, by=by))
    children = children_not_decided(contact)
    require(None if children else refusals.NOTHING_TO_TELL)
    change(contact, version=version, chased_at=None)
    told = [_tell(child, contact, by, now) for child in children]
    enter(contact, ContactStep.TOLD, by, now)
    ids = [one.pk for one in told]
    record_sending(what="feedback sent to reporter", by=by, record_ids=ids, basis=BASIS, at=now)
    return told


def _tell(child: ReportedChild, contact: Contact, by: Post, now: datetime.datetime) -> Feedback:
    """The stock words the hub saw before, about this child alone."""
    row = {name: value for name, value in row_of(contact, by, now).items() if name != "about"}
    told: Feedback = Feedback.objects.create(
        **row,
        person_id=child.person_id,
        sent_to_id=contact.report.owner_id,
        sent_to_practitioner_id=contact.report.author_id,
        report_id=contact.report_id,
        reported_child=child,
        outcome=Sooner.NOT_DECIDED,
        text=words_not_decided(contact.due_at),
    )
    return told
