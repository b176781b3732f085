"""Early help is offered, a case is opened, children join it; the family says yes, or it ends before it began."""

import datetime
from collections.abc import Iterable, Mapping
from uuid import UUID

from django.db import connection, transaction

from cases import lifecycle, permissions, queries, refusals, rules, signals
from cases.actions.levelling import set_level
from cases.actions.moving import gate, move
from cases.actions.recording import BASIS, day_of, owned, sent_like, write_event
from cases.models import Case, ChildInCase
from cases.vocabulary import CaseState, ConsentState, EventSource
from sharing_agreements.actions import facts
from sharing_agreements.actions.recording import record_sending
from sharing_agreements.models import Agency, Post
from sharing_agreements.refusals import require
from sharing_agreements.vocabulary import InvolvementReason, Kind


@transaction.atomic
def offer_help(
    *,
    family: UUID,
    children: list[UUID],
    reason: str,
    levels: Mapping[UUID, int],
    by: Post,
    now: datetime.datetime,
    source_id: UUID | None = None,
    offered_by: Agency | None = None,
    lead_wished_for: str = "",
) -> Case:
    """Offer early help to a family; the state of each child is Offered. Gives the new case.

    `reason` is words the whole team may read. `offered_by` makes the offer and sees the case without an agreement
    (sending is a disclosure); unless given, the district's early help service. `source_id` is the decision.
    Only the hub, coordinators and managers. Use `join_case` where `queries.case_for` finds a case.
    """
    return _open(
        CaseState.OFFERED,
        family,
        children,
        reason,
        levels,
        by,
        now,
        source_id,
        offered_by,
        lead_wished_for,
    )


@transaction.atomic
def open_case(
    *,
    family: UUID,
    children: list[UUID],
    reason: str,
    levels: Mapping[UUID, int],
    by: Post,
    now: datetime.datetime,
    source_id: UUID | None = None,
    offered_by: Agency | None = None,
    lead_wished_for: str = "",
) -> Case:
    """Open a case for a family that has agreed already, such as a step down from social care: Waiting for a lead."""
    return _open(
        CaseState.WAITING,
        family,
        children,
        reason,
        levels,
        by,
        now,
        source_id,
        offered_by,
        lead_wished_for,
    )


def _open(
    state: CaseState,
    family: UUID,
    children: list[UUID],
    reason: str,
    levels: Mapping[UUID, int],
    by: Post,
    now: datetime.datetime,
    source_id: UUID | None,
    offered_by: Agency | None,
    lead_wished_for: str,
) -> Case:
    require(permissions.why_not_open(by=by, children=children, reason=reason))
    offering = offered_by or queries.early_help_service(by.agency)
    case = Case(
        **owned(
            by,
            now,
            family_id=family,
            about=sorted(set(children)),
            sent_to=offering,
            source_id=source_id,
        ),
        reference=next_reference(),
        why=reason[:300],
        lead_wished_for=lead_wished_for,
    )
    case.save()
    facts.involve(
        people=[*children, *queries.adults_of(family)],
        agency=offering.pk,
        practitioner=None,
        reason=InvolvementReason.TEAM,
        starts_on=day_of(now),
    )
    _put_in(case, children, state, reason, levels, by, now)
    record_sending(
        what="early help offered",
        by=by,
        record_ids=[case.pk],
        family=family,
        basis=BASIS,
        at=now,
    )
    return case


@transaction.atomic
def join_case(
    *,
    case: Case,
    children: list[UUID],
    reason: str,
    levels: Mapping[UUID, int],
    by: Post,
    now: datetime.datetime,
    source_id: UUID | None = None,
    agreed: bool = False,
) -> Case:
    """Bring children into a family's case: Offered, or (`agreed`) Waiting for a lead. Their team is the case's.

    A child who was in this case before and left it is offered help again. A child already being helped only gets
    the new level. The hub, coordinators and managers; the lead, for a child nobody else knows.
    """
    require(permissions.why_not_join(by=by, case=case, children=children, reason=reason, now=now))
    known = {c.whom: c for c in queries.children_of(case)}
    sibling = next((c.whom for c in known.values() if c.state in lifecycle.WORKING), None)
    fresh = [child for child in children if child not in known]
    returning = [known[c] for c in children if c in known and known[c].state not in lifecycle.WORKING]
    for person in [*fresh, *(c.whom for c in returning)]:
        if sibling and sibling != person:
            gate("select gate.share_team(%s, %s)", [person, sibling], EH403=refusals.KNOWN_ELSEWHERE)
    for child in returning:
        move(child=child, verb="offer_again", reason=reason, by=by, now=now)
        if agreed:
            move(child=child, verb="accept_offer", reason=reason, by=by, now=now)
    _put_in(
        case,
        fresh,
        CaseState.WAITING if agreed else CaseState.OFFERED,
        reason,
        levels,
        by,
        now,
    )
    for person in (child for child in children if child in known):
        set_level(case=case, child=person, level=levels[person], reason=reason, by=by, now=now)
    if fresh:
        gate("select gate.widen_case(%s, %s::uuid[])", [case.pk, fresh])
    return case


def _put_in(
    case: Case,
    children: Iterable[UUID],
    state: CaseState,
    reason: str,
    levels: Mapping[UUID, int],
    by: Post,
    now: datetime.datetime,
) -> None:
    people = sorted(set(children))
    if not people:
        return
    more = sent_like(case)
    for person in people:
        ChildInCase(**owned(by, now, person_id=person, case=case, state=state, since=now, **more)).save()
        set_level(case=case, child=person, level=levels[person], reason=reason, by=by, now=now)
    facts.set_stage(people=people, stage=lifecycle.STAGE[state])
    write_event(
        people=people,
        family=case.family_id,
        kind=Kind.CASE,
        title=f"Early help: {state.label.lower()}. {reason}",
        source=EventSource.CASE,
        source_id=case.pk,
        by=by,
        now=now,
        significant=True,
        sent_to=case.sent_to_id,
        hidden_from=case.hidden_from,
    )


@transaction.atomic
def accept_offer(
    *,
    case: Case,
    children: list[ChildInCase],
    lead_wished_for: str = "",
    by: Post,
    now: datetime.datetime,
) -> None:
    """The family said yes: the children wait for a lead. Refuses until somebody's consent to help is recorded."""
    people = [*(c.whom for c in children), *queries.adults_of(case.family_id)]
    consents = queries.latest_consents(people).values()
    require(None if rules.allows_help([ConsentState(c.state) for c in consents]) else refusals.NO_CONSENT)
    for child in children:
        move(
            child=child,
            verb="accept_offer",
            reason="the family said yes",
            by=by,
            now=now,
        )
    if lead_wished_for:
        case.lead_wished_for = lead_wished_for
        case.save(update_fields=["lead_wished_for"])


@transaction.atomic
def decline_at_start(
    *,
    case: Case,
    children: list[ChildInCase],
    reason: str,
    by: Post,
    now: datetime.datetime,
) -> None:
    """The family said no before help began. A manager signs by doing this; the referrer is told by signal."""
    require(None if reason.strip() else refusals.NO_REASON)
    for child in children:
        move(child=child, verb="decline_at_start", reason=reason, by=by, now=now)
    gate(
        "select gate.end_team(%s::uuid[], %s)",
        [[c.whom for c in children], day_of(now)],
    )
    signals.offer_declined.send(Case, children=children, case=case, reason=reason, by=by, now=now)


def next_reference() -> str:
    """The next case reference, such as EH-1042."""
    with connection.cursor() as cursor:
        cursor.execute("select nextval('cases_reference')")
        return f"EH-{cursor.fetchone()[0]}"
