"""Working the hub's queue: claim, hand over, acknowledge danger, grade, ask the reporter, read what was added.

Two people at once: every change is one UPDATE that holds only while what the page showed still holds, so one wins
and the other is told who.
"""

import datetime
from typing import Any

from django.db import transaction
from django.db.models import F

from referrals import refusals
from referrals.actions import check_clocks
from referrals.models import Contact, ContactEntry, GradeChange, Question
from referrals.permissions import hub as permissions
from referrals.rules import clocks
from referrals.vocabulary import ContactStatus, ContactStep, Urgency
from sharing_agreements import queries
from sharing_agreements.actions.recording import record_sending
from sharing_agreements.models import Post, Practitioner
from sharing_agreements.refusals import require
from sharing_agreements.working_time import LONDON

BASIS = "Public task: safeguarding and promoting the welfare of children"


def row_of(contact: Contact, by: Post, now: datetime.datetime) -> dict[str, Any]:
    """The columns every row written about a whole contact has."""
    return {
        "owner_id": contact.owner_id,
        "author_id": by.practitioner_id,
        "about": contact.about,
        "hidden_from": contact.hidden_from,
        "happened_on": now.astimezone(LONDON).date(),
        "recorded_at": now,
    }


def enter(
    contact: Contact,
    what: ContactStep,
    by: Post,
    now: datetime.datetime,
    *,
    to: Practitioner | None = None,
    text: str = "",
) -> None:
    """Add a line to the history of a contact."""
    ContactEntry.objects.create(**row_of(contact, by, now), contact=contact, what=what, to=to, text=text, at=now)


def change(contact: Contact, *, version: int | None = None, **columns: Any) -> None:
    """Change a contact if it is still as it was read; refuse `contact_changed` otherwise."""
    still = Contact.objects.filter(pk=contact.pk, version=contact.version if version is None else version)
    changed = still.update(**columns, version=F("version") + 1)
    require(None if changed else refusals.CHANGED_MEANWHILE)
    contact.refresh_from_db()


@transaction.atomic
def claim_contact(*, contact: Contact, by: Post, now: datetime.datetime) -> None:
    """Take a contact. Claiming one's own again changes nothing; somebody else's is refused with their name."""
    require(permissions.why_not_claim(contact=contact, by=by))
    if contact.claimed_by_id == by.practitioner_id:
        return
    won = Contact.objects.filter(pk=contact.pk, claimed_by=None).update(
        claimed_by=by.practitioner, claimed_at=now, version=F("version") + 1
    )
    contact.refresh_from_db()
    if not won:
        require(permissions.why_not_claim(contact=contact, by=by))
        return
    if contact.status == ContactStatus.RECEIVED:
        Contact.objects.filter(pk=contact.pk).update(status=ContactStatus.SCREENING)
    enter(contact, ContactStep.CLAIMED, by, now)


@transaction.atomic
def hand_over_contact(*, contact: Contact, to: Post, note: str, version: int, by: Post, now: datetime.datetime) -> None:
    """Give a contact to somebody else on the queue, with what they must know."""
    require(permissions.why_not_hand_over(contact=contact, to=to, by=by))
    change(contact, version=version, claimed_by=to.practitioner, claimed_at=now)
    enter(contact, ContactStep.HANDED_OVER, by, now, to=to.practitioner, text=note)


@transaction.atomic
def acknowledge_contact(*, contact: Contact, doing: str, by: Post, now: datetime.datetime) -> None:
    """A named person has the danger in hand and says what is being done. The alarm stops."""
    require(permissions.why_not_acknowledge(contact=contact, by=by))
    won = Contact.objects.filter(pk=contact.pk, acknowledged_by=None).update(
        acknowledged_by=by.practitioner, acknowledged_at=now, version=F("version") + 1
    )
    contact.refresh_from_db()
    if not won:
        require(permissions.why_not_acknowledge(contact=contact, by=by))
    enter(contact, ContactStep.ACKNOWLEDGED, by, now, text=doing)


def is_against(contact: Contact, urgency: Urgency) -> bool:
    """Whether this grade differs from the reporter's, changes the hub's, or lowers a watch: it needs a reason."""
    if contact.grade:
        return contact.grade != urgency
    return contact.reported != urgency or (contact.provisional and urgency is not Urgency.RED)


@transaction.atomic
def grade_contact(
    *, contact: Contact, urgency: Urgency, reason: str, version: int, by: Post, now: datetime.datetime
) -> None:
    """Set or change the hub's grade. The reporter's stays beside it; the clock is set again.

    Grading takes a red in hand unless a child is said to be in danger: that is acknowledged by itself.
    """
    changes = is_against(contact, urgency)
    require(permissions.why_not_grade(contact=contact, reason=reason, changes=changes, by=by))
    before = Urgency(contact.grade) if contact.grade else None
    calendar = queries.calendar()
    clock = clocks.clock_after_grading(
        urgency=urgency,
        received_at=contact.received_at,
        graded_at=now,
        graded_before=before,
        calendar=calendar,
    )
    columns: dict[str, Any] = {
        "grade": urgency,
        "graded_at": now,
        "graded_by": by.practitioner,
        "provisional": False,
        **clock.columns(calendar),
    }
    if contact.status == ContactStatus.RECEIVED:
        columns["status"] = ContactStatus.SCREENING
    if not contact.danger and contact.acknowledged_by_id is None:
        columns |= {"acknowledged_by": by.practitioner, "acknowledged_at": now}
    change(contact, version=version, **columns)
    check_clocks.follow_grade(contact=contact, urgency=urgency, now=now)
    GradeChange.objects.create(
        **row_of(contact, by, now), contact=contact, before=before or "", after=urgency, reason=reason, changed_at=now
    )


@transaction.atomic
def ask_reporter(*, contact: Contact, text: str, version: int, by: Post, now: datetime.datetime) -> Question:
    """Ask whoever sent the report. The contact waits for their answer; its clock runs on."""
    require(permissions.why_not_ask(contact=contact, by=by))
    report = contact.report
    change(contact, version=version, status=ContactStatus.WAITING, waiting_since=now)
    question = Question.objects.create(
        **row_of(contact, by, now),
        sent_to_id=report.owner_id,
        sent_to_practitioner_id=report.author_id,
        report=report,
        text=text,
    )
    enter(contact, ContactStep.ASKED, by, now)
    record_sending(what="question sent to reporter", by=by, record_ids=[question.pk], basis=BASIS, at=now)
    return question


@transaction.atomic
def read_additions(*, contact: Contact, by: Post, now: datetime.datetime) -> None:
    """Note that what was added has been read. A contact decided before it closes again."""
    require(permissions.why_not_triage(contact=contact, by=by))
    if contact.news_at is None:
        return
    columns: dict[str, Any] = {"news_at": None}
    if is_wholly_decided(contact):
        columns |= {"status": ContactStatus.DECIDED, "decided_at": now}
    change(contact, **columns)
    enter(contact, ContactStep.READ, by, now)


def is_wholly_decided(contact: Contact) -> bool:
    """Whether a decision that waits for nobody stands for every child of the report."""
    standing = contact.decisions.filter(returned=False, held=False).values("reported_child_id")
    return not contact.report.children.exclude(pk__in=standing).exists()
