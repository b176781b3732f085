"""The hub's decision for one child: what happens, why, who does what next, and what the reporter reads.

A decision that one person may not make alone is held: nothing starts and nobody is told until a second person
agrees. What early help and step up then do is done by `cases` (the bridge is in starting.py).
"""

import datetime

from django.db import IntegrityError, transaction
from django.db.models import F

from cases.actions.recording import write_event
from cases.models import Case
from cases.vocabulary import EventSource
from referrals import refusals
from referrals.actions import starting
from referrals.actions.triaging import BASIS, is_wholly_decided
from referrals.models import Contact, Decision, DecisionDetail, Feedback, FollowUp, ReportedChild, SecondLook
from referrals.permissions import hub as permissions
from referrals.rules import clocks
from referrals.rules import deciding as rules
from referrals.rules.deciding import Circumstances, Proposed
from referrals.rules.feedback import words_for
from referrals.vocabulary import ContactStatus, EarlyHelpWay, FollowUpEnd, Outcome, Urgency
from sharing_agreements.actions.recording import record_sending
from sharing_agreements.models import Post
from sharing_agreements.queries import calendar
from sharing_agreements.refusals import not_now, require
from sharing_agreements.vocabulary import Kind
from sharing_agreements.working_time import LONDON


def circumstances(contact: Contact, today: datetime.date) -> Circumstances:
    """What stands around a contact, as the rule wants it."""
    return Circumstances(
        graded=bool(contact.grade),
        provisional=contact.provisional or contact.watched_since is not None,
        reported=Urgency(contact.reported),
        danger=contact.danger,
        looked_at=contact.looked_at,
        today=today,
    )


@transaction.atomic
def decide_child(
    *,
    child: ReportedChild,
    contact: Contact,
    proposed: Proposed,
    join: Case | None,
    version: int,
    by: Post,
    now: datetime.datetime,
) -> Decision:
    """Decide for one child. Held when it takes a second person; else it starts and the reporter is told at once."""
    today = now.astimezone(LONDON).date()
    require(permissions.why_not_decide(contact=contact, by=by) or permissions.why_not_start_help(proposed, join))
    missing = rules.missing(proposed, today)
    require(not_now("decision_not_whole", missing[0][1]) if missing else None)
    held_for = rules.why_held(proposed, circumstances(contact, today))
    changed = Contact.objects.filter(pk=contact.pk, version=version).update(version=F("version") + 1)
    require(None if changed else refusals.CHANGED_MEANWHILE)
    try:
        with transaction.atomic():
            decision = _record(child, contact, proposed, held_for or "", join, by, now)
    except IntegrityError:
        require(refusals.DECIDED_FOR_THIS_CHILD)
        raise
    if not held_for:
        _carry_out(decision, by, now)
    return decision


def _row(child: ReportedChild, contact: Contact, by: Post, now: datetime.datetime) -> dict[str, object]:
    return {
        "owner_id": contact.owner_id,
        "author_id": by.practitioner_id,
        "person_id": child.person_id,
        "hidden_from": contact.hidden_from,
        "happened_on": now.astimezone(LONDON).date(),
        "recorded_at": now,
    }


def _record(
    child: ReportedChild,
    contact: Contact,
    proposed: Proposed,
    held_for: str,
    join: Case | None,
    by: Post,
    now: datetime.datetime,
) -> Decision:
    row = _row(child, contact, by, now)
    decision = Decision.objects.create(
        **row,
        contact=contact,
        reported_child=child,
        outcome=proposed.outcome or "",
        level_of_need=proposed.level or 0,
        nobody_next=proposed.nobody_next,
        next_who="" if proposed.nobody_next else proposed.next_who,
        next_what="" if proposed.nobody_next else proposed.next_what,
        next_by=None if proposed.nobody_next else proposed.next_by,
        way=proposed.way or "",
        team_words=proposed.team_words,
        case=join if proposed.way in {EarlyHelpWay.JOIN, EarlyHelpWay.BACK} else None,
        held=bool(held_for),
        held_for=held_for,
        decided_at=now,
    )
    DecisionDetail.objects.create(
        **row,
        decision=decision,
        reason=proposed.reason,
        lawful_basis=proposed.basis or "",
        consent_state=proposed.agreement or "",
        consent_reason=proposed.agreement_reason,
        headings={heading.value: words for heading, words in proposed.headings.items() if words.strip()},
    )
    return decision


def _carry_out(decision: Decision, by: Post, now: datetime.datetime) -> None:
    """A decision counts from here: help starts, the chronology and the reporter learn of it, the contact may close."""
    starting.start(decision, by=by, now=now)
    contact = decision.contact
    write_event(
        people=[decision.main_person],
        family=decision.case.family_id if decision.case else None,
        kind=Kind.DECISION,
        title=f"Hub decision: {decision.get_outcome_display().lower()}",
        text=decision.detail.reason,
        source=EventSource.DECISION,
        source_id=decision.pk,
        by=by,
        now=now,
        hidden_from=contact.hidden_from,
    )
    _tell_reporter(decision, by, now)
    contact.refresh_from_db()
    if is_wholly_decided(contact):
        Contact.objects.filter(pk=contact.pk).update(
            status=ContactStatus.DECIDED,
            decided_at=now,
            waiting_since=None,
            chased_at=None,
            version=F("version") + 1,
        )


def _tell_reporter(decision: Decision, by: Post, now: datetime.datetime) -> None:
    """The exact stock words the decider saw, to whoever sent the report, about this child alone."""
    report = decision.contact.report
    told = Feedback.objects.create(
        **_row(decision.reported_child, decision.contact, by, now),
        sent_to_id=report.owner_id,
        sent_to_practitioner_id=report.author_id,
        report=report,
        reported_child=decision.reported_child,
        outcome=decision.outcome,
        text=words_for(Outcome(decision.outcome)),
    )
    record_sending(what="feedback sent to reporter", by=by, record_ids=[told.pk], basis=BASIS, at=now)


@transaction.atomic
def look_at_decision(*, decision: Decision, agreed: bool, reason: str, by: Post, now: datetime.datetime) -> None:
    """A second person agrees, and it counts; or sends it back with a reason, and the child is decided again."""
    require(permissions.why_not_look(decision=decision, by=by))
    require(None if agreed or reason.strip() else refusals.SAY_WHY_BACK)
    changed = Decision.objects.filter(pk=decision.pk, held=True).update(
        held=False, returned=not agreed, version=F("version") + 1
    )
    require(None if changed else refusals.NOT_HELD)
    decision.refresh_from_db()
    contact = decision.contact
    SecondLook.objects.create(
        **_row(decision.reported_child, contact, by, now), decision=decision, agreed=agreed, reason=reason
    )
    Contact.objects.filter(pk=contact.pk).update(version=F("version") + 1)
    if agreed:
        _carry_out(decision, by, now)


def take_back_decision(decision: Decision, now: datetime.datetime) -> None:
    """The decision stands no more: it comes out of what the hub follows up, and the contact goes back into the queue
    with the clock of its grade, from now. Only for a decision that started nothing elsewhere."""
    FollowUp.objects.filter(decision=decision, ended_at=None).update(
        ended_at=now, ending=FollowUpEnd.MORE, version=F("version") + 1
    )
    Decision.objects.filter(pk=decision.pk).update(returned=True, version=F("version") + 1)
    contact, days = decision.contact, calendar()
    Contact.objects.filter(pk=contact.pk).update(
        status=ContactStatus.SCREENING,
        decided_at=None,
        **clocks.decision_clock(Urgency(contact.grade), now, days).columns(days),
        version=F("version") + 1,
    )
