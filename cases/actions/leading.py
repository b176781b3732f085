"""Who leads: asking, yes and no, handing over with a summary, and cover."""

import datetime
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from django.db import connection, transaction

from cases import lifecycle, permissions, queries, refusals
from cases.actions import assessing
from cases.actions.recording import BASIS, day_of, owned, sent_like, write_event
from cases.models import Answer, Case, Cover, Handover, LeadAssignment
from cases.vocabulary import AssignmentWhy, CaseState, EventSource
from sharing_agreements.actions import facts
from sharing_agreements.actions.recording import record_sending
from sharing_agreements.models import Agency, Post, PostCover, Practitioner
from sharing_agreements.refusals import Refusal, Refused, require
from sharing_agreements.vocabulary import InvolvementReason, Kind

_DAY = datetime.timedelta(days=1)


@transaction.atomic
def ask_lead(
    *,
    case: Case,
    practitioner: Practitioner,
    agency: Agency,
    by: Post,
    now: datetime.datetime,
    message: str = "",
    handover: str = "",
    why: AssignmentWhy = AssignmentWhy.FIRST,
) -> LeadAssignment:
    """Ask somebody to lead. Where the case has a lead, `handover` tells the next one what they must know.

    Whoever is asked is involved from now, to know whom it is about (they may have a conflict); a no ends it.
    Refuses when no agreement in force lets leads of that agency see the case.
    """
    require(
        permissions.why_not_ask_lead(
            by=by,
            case=case,
            practitioner=practitioner,
            agency=agency,
            handover=handover,
            now=now,
        )
    )
    people = queries.people_of(case)
    facts.involve(
        people=people,
        agency=agency.pk,
        practitioner=practitioner.pk,
        reason=InvolvementReason.TEAM,
        starts_on=day_of(now),
    )
    columns = owned(
        by,
        now,
        family_id=case.family_id,
        about=people,
        sent_to=agency,
        sent_to_practitioner=practitioner,
        hidden_from=case.hidden_from,
    )
    asked = LeadAssignment(
        **columns,
        case=case,
        practitioner=practitioner,
        agency=agency,
        why=why,
        message=message[:300],
    )
    asked.save()
    if handover.strip():
        Handover(**columns, assignment=asked, summary=handover).save()
    record_sending(
        what="asked to lead",
        by=by,
        record_ids=[asked.pk],
        family=case.family_id,
        basis=BASIS,
        at=now,
    )
    return asked


@transaction.atomic
def hand_over(
    *,
    case: Case,
    to: Practitioner,
    agency: Agency,
    summary: str,
    by: Post,
    now: datetime.datetime,
) -> LeadAssignment:
    """The lead asks somebody to take over; they stay lead until the other says yes."""
    return ask_lead(
        case=case,
        practitioner=to,
        agency=agency,
        by=by,
        now=now,
        handover=summary,
        why=AssignmentWhy.HANDOVER,
    )


@dataclass(frozen=True)
class NextLead:
    """Who is asked to lead one family next, and what they must know of it."""

    case: Case
    practitioner: Practitioner
    agency: Agency
    handover: str


@transaction.atomic
def hand_on(*, asks: Iterable[NextLead], why: AssignmentWhy, by: Post, now: datetime.datetime) -> dict[UUID, Refusal]:
    """Ask the next lead of each of these families; gives, by case, why some were not asked.

    Each is asked in a savepoint of its own, so that a no for one family takes nothing from another (decision 0110).
    Whoever sends at the same time waits here: nobody is asked twice, and who is asked already stays so.
    """
    wanted = sorted(asks, key=lambda ask: ask.case.pk)
    with connection.cursor() as cursor:
        locks = [f"next lead:{ask.case.pk}" for ask in wanted]
        cursor.execute("select pg_advisory_xact_lock(hashtextextended(k, 0)) from unnest(%s::text[]) k", [locks])
    waiting = LeadAssignment.objects.visible().filter(ended_at__isnull=True, answer__isnull=True)
    asked = defaultdict(set)
    for one in waiting.filter(case__in=[ask.case for ask in wanted]):
        asked[one.case_id].add(one.practitioner_id)
    refused = {}
    for ask in wanted:
        if ask.case.pk not in asked:
            try:
                ask_lead(**vars(ask), why=why, by=by, now=now)
            except Refused as no:
                refused[ask.case.pk] = no.refusal
        elif ask.practitioner.pk not in asked[ask.case.pk]:
            refused[ask.case.pk] = refusals.ASKED_ALREADY
    return refused


@transaction.atomic
def accept_lead(*, assignment: LeadAssignment, by: Post, now: datetime.datetime) -> None:
    """Say yes: become lead of every child still worked with; the lead before stops being one; assessing begins."""
    require(permissions.why_not_answer_lead(by=by, assignment=assignment))
    case = assignment.case
    before = queries.accepted_assignment(case)
    people = queries.people_of(case)
    facts.involve(
        people=people,
        agency=assignment.agency_id,
        practitioner=by.practitioner_id,
        reason=InvolvementReason.LEAD,
        starts_on=day_of(now),
    )
    _answer(assignment, accepted=True, reason="", by=by, now=now)
    _end(people, assignment, InvolvementReason.TEAM, now)
    if before and before.practitioner_id != by.practitioner_id:
        _end(people, before, InvolvementReason.LEAD, now)
    write_event(
        people=people,
        family=case.family_id,
        kind=Kind.CASE,
        title=f"{by.practitioner.name}, {by.agency.short_name}, is lead practitioner",
        source=EventSource.LEAD,
        source_id=assignment.pk,
        by=by,
        now=now,
        significant=True,
        sent_to=case.sent_to_id,
        hidden_from=case.hidden_from,
    )
    waiting = [c for c in queries.children_of(case) if c.state == CaseState.WAITING]
    if waiting:
        assessing.start(case=case, children=waiting, by=by, now=now)


@transaction.atomic
def decline_lead(*, assignment: LeadAssignment, reason: str, by: Post, now: datetime.datetime) -> None:
    """Say no, with a reason: the asker is told, and sight of the family ends with this."""
    require(permissions.why_not_answer_lead(by=by, assignment=assignment))
    require(None if reason.strip() else refusals.NO_REASON)
    people = queries.people_of(assignment.case)
    _answer(assignment, accepted=False, reason=reason, by=by, now=now)
    _end(people, assignment, InvolvementReason.TEAM, now)


@transaction.atomic
def take_back(*, assignment: LeadAssignment, by: Post, now: datetime.datetime) -> None:
    """Take an unanswered asking back, so that somebody else can be asked; their sight of the family ends."""
    require(permissions.why_not_take_back(by=by, assignment=assignment, now=now))
    rows = LeadAssignment.objects.filter(pk=assignment.pk, ended_at__isnull=True)
    require(None if rows.update(ended_at=now, version=assignment.version + 1) else refusals.ANSWERED_ALREADY)
    _end(queries.people_of(assignment.case), assignment, InvolvementReason.TEAM, now)


def _answer(
    assignment: LeadAssignment,
    *,
    accepted: bool,
    reason: str,
    by: Post,
    now: datetime.datetime,
) -> None:
    columns = owned(
        by,
        now,
        family_id=assignment.family_id,
        about=assignment.about,
        kind=Kind.CASE,
        sent_to_id=assignment.owner_id,
        sent_to_practitioner_id=assignment.author_id,
        hidden_from=assignment.hidden_from,
    )
    Answer(**columns, assignment=assignment, accepted=accepted, reason=reason[:300]).save()


def _end(
    people: list[UUID],
    assignment: LeadAssignment,
    reason: InvolvementReason,
    now: datetime.datetime,
) -> None:
    facts.end_involvement(
        people=people,
        agency=assignment.agency_id,
        practitioner=assignment.practitioner_id,
        reason=reason,
        last_day=day_of(now) - _DAY,
    )


@transaction.atomic
def arrange_cover(
    *,
    case: Case,
    practitioner: Practitioner,
    agency: Agency,
    starts_on: datetime.date,
    ends_on: datetime.date,
    reason: str,
    by: Post,
    now: datetime.datetime,
    post_cover: PostCover | None = None,
) -> Cover:
    """Somebody stands in for the lead between two dates, and sees the family on those days only. `post_cover`: the
    cover for the lead's post that it is part of, and ends with."""
    require(permissions.why_not_lead_work(by=by, case=case, today=now))
    require(None if starts_on <= ends_on else refusals.DATES_CROSSED)
    require(None if queries.leads_may_see(agency, case) else refusals.LEAD_SEES_NOTHING)
    people = queries.people_of(case)
    facts.involve(
        people=people,
        agency=agency.pk,
        practitioner=practitioner.pk,
        reason=InvolvementReason.COVER,
        starts_on=starts_on,
        ends_on=ends_on,
    )
    cover = Cover(
        **{
            **owned(by, now, about=people, **sent_like(case)),
            "sent_to": agency,
            "sent_to_id": agency.pk,
        },
        sent_to_practitioner=practitioner,
        case=case,
        practitioner=practitioner,
        agency=agency,
        starts_on=starts_on,
        ends_on=ends_on,
        reason=reason[:160],
        post_cover=post_cover,
    )
    cover.save()
    record_sending(
        what="asked to cover",
        by=by,
        record_ids=[cover.pk],
        family=case.family_id,
        basis=BASIS,
        at=now,
    )
    return cover


@transaction.atomic
def end_cover(*, cover: Cover, by: Post, now: datetime.datetime) -> None:
    """The lead is back, or cover is not needed after all: it and its sight of the family end now.

    Refuses what has ended, and an arrangement of another agency where the actor does not lead.
    """
    require(permissions.why_not_end_cover(by=by, cover=cover, now=now))
    rows = Cover.objects.filter(pk=cover.pk, ended_at__isnull=True)
    require(None if rows.update(ended_at=now, version=cover.version + 1) else refusals.COVER_NOT_YOURS)
    working = [c.whom for c in queries.children_of(cover.case) if c.state in lifecycle.WORKING]
    facts.end_involvement(
        people=[*working, *queries.adults_of(cover.family_id)],
        agency=cover.agency_id,
        practitioner=cover.practitioner_id,
        reason=InvolvementReason.COVER,
        last_day=day_of(now) - _DAY,
    )
