"""Stepping down to keeping in touch, and up to social care, which is done only when receipt is confirmed."""

import datetime
from uuid import UUID

from django.db import transaction

from cases import permissions, queries, refusals, rules
from cases.actions.closing import close_words
from cases.actions.moving import gate, move
from cases.actions.recording import BASIS, day_of, owned, sent_like, write_event
from cases.models import Case, ChildInCase, SignOff, StepUp, StepUpAnswer, StepUpDetail, Watch, WatchPrompt
from cases.vocabulary import CaseState, ClosingReason, EventSource, StepUpResult
from sharing_agreements.actions import facts
from sharing_agreements.actions.recording import record_sending
from sharing_agreements.models import Agency, Post
from sharing_agreements.refusals import Refusal, require
from sharing_agreements.vocabulary import InvolvementReason, Kind, Stage


@transaction.atomic
def step_down(
    *,
    child: ChildInCase,
    summary: str,
    family_told_on: datetime.date,
    family_view: str,
    by: Post,
    now: datetime.datetime,
    reason: ClosingReason = ClosingReason.NEEDS_MET,
    on_lists: bool = True,
    if_they_return: str = "",
    sign_off: SignOff | None = None,
) -> Watch:
    """End the plan for one child and keep in touch for 26 weeks, with prompts at 4, 12 and 26 (D22).

    The family is told and their view kept; `on_lists` False keeps them off every partner's list. Needs an outcome
    or a reason for every need, closing words, and a manager's sign-off for a second step-down within a year.
    """
    require(_why_not_step_down(child, summary, family_view, sign_off, now))
    close_words(child=child, reason=reason, summary=summary, if_they_return=if_they_return, by=by, now=now)
    starts_on = day_of(now)
    ends_on, prompts = rules.watch_dates(starts_on)
    columns = owned(by, now, person_id=child.whom, **sent_like(child))
    watch = Watch(
        **columns,
        case_id=child.case_id,
        starts_on=starts_on,
        ends_on=ends_on,
        family_told_on=family_told_on,
        family_view=family_view[:300],
        on_lists=on_lists,
    )
    watch.save()
    for week, due_on in prompts.items():
        WatchPrompt(**columns, watch=watch, week=week, due_on=due_on).save()
    move(child=child, verb="step_down", reason=summary, by=by, now=now, sign_off=sign_off)
    return watch


def _why_not_step_down(
    child: ChildInCase, summary: str, family_view: str, sign_off: SignOff | None, now: datetime.datetime
) -> Refusal | None:
    if not summary.strip() or not family_view.strip():
        return refusals.NO_REASON
    needed = rules.needs_sign_off(
        CaseState.STEPPED_DOWN, earlier_step_downs=queries.earlier_step_downs(child), today=day_of(now)
    )
    return permissions.why_not_end_work(
        child=child, to=CaseState.STEPPED_DOWN, needed=needed, sign_off=sign_off, now=now
    )


@transaction.atomic
def step_up(
    *,
    children: list[UUID],
    to: Agency,
    reason: str,
    handover: str,
    by: Post,
    now: datetime.datetime,
    case: Case | None = None,
    family: UUID | None = None,
    source_id: UUID | None = None,
) -> list[StepUp]:
    """Hand children to social care: a row each, with one page to hand over. Pending until receipt is confirmed.

    Without a case (the hub stepping up a contact) only the hub may. Until receipt the sender keeps the children.
    """
    require(permissions.why_not_lead_work(by=by, case=case, today=now) if case else permissions.why_not_lift(by=by))
    require(None if children else refusals.NO_CHILDREN)
    require(None if reason.strip() and handover.strip() else refusals.NO_REASON)
    steps = []
    for child in sorted(set(children)):
        columns = owned(by, now, person_id=child, family_id=case.family_id if case else family, sent_to=to)
        step = StepUp(
            **columns,
            case=case,
            reason=reason[:300],
            source_id=source_id,
            due_at=now + datetime.timedelta(hours=rules.STEP_UP_RECEIPT_HOURS),
        )
        step.save()
        StepUpDetail(**columns, step_up=step, handover=handover).save()
        steps.append(step)
    write_event(
        people=children,
        family=steps[0].family_id,
        kind=Kind.CASE,
        title=f"Sent to {to.short_name}, receipt not confirmed yet: {reason}",
        text=handover,
        source=EventSource.STEP,
        source_id=steps[0].pk,
        by=by,
        now=now,
        significant=True,
    )
    record_sending(
        what="stepped up to social care",
        by=by,
        record_ids=[step.pk for step in steps],
        family=steps[0].family_id,
        basis=BASIS,
        at=now,
    )
    return steps


@transaction.atomic
def confirm_receipt(
    *,
    step_up: StepUp,
    named_person: str,
    their_reference: str,
    by: Post,
    now: datetime.datetime,
    received_at: datetime.datetime | None = None,
) -> StepUpAnswer:
    """A named person in social care has it: step up is done, and early help's team ends for this child today.

    Written by the sender after ringing, by the hub, or by social care itself.
    """
    require(permissions.why_not_answer_step_up(by=by, step_up=step_up))
    require(None if named_person.strip() and their_reference.strip() else refusals.NO_RECEIPT)
    answer = _answer(
        step_up,
        StepUpResult.RECEIVED,
        by,
        now,
        named_person=named_person[:120],
        their_reference=their_reference[:60],
        answered_at=received_at or now,
    )
    child = queries.stepped_up_child(step_up)
    words = f"{named_person} received it, their reference {their_reference}"
    if child is None:
        facts.set_stage(people=[step_up.whom], stage=Stage.STEPPED_UP)
    else:
        move(child=child, verb="confirm_receipt", reason=words, by=by, now=now)
        gate("select gate.end_watches(%s, %s, %s)", [step_up.pk, day_of(now), words[:300]])
    facts.involve(
        people=[step_up.whom],
        agency=step_up.receiver,
        practitioner=None,
        reason=InvolvementReason.REGISTERED,
        starts_on=day_of(now),
    )
    gate("select gate.end_team(%s::uuid[], %s)", [[step_up.whom], day_of(now)])
    return answer


@transaction.atomic
def refuse_step_up(
    *, step_up: StepUp, named_person: str, reason: str, by: Post, now: datetime.datetime
) -> StepUpAnswer:
    """Social care did not accept it, and why. The sender keeps the child and may dispute."""
    require(permissions.why_not_answer_step_up(by=by, step_up=step_up))
    require(None if reason.strip() else refusals.NO_REASON)
    return _answer(step_up, StepUpResult.NOT_ACCEPTED, by, now, named_person=named_person[:120], reason=reason[:300])


@transaction.atomic
def dispute_refusal(*, step_up: StepUp, reason: str, by: Post, now: datetime.datetime) -> StepUpAnswer:
    """The sender disagrees with a refusal, and says why; managers take it from there."""
    require(permissions.why_not_answer_step_up(by=by, step_up=step_up))
    require(None if reason.strip() else refusals.NO_REASON)
    return _answer(step_up, StepUpResult.DISPUTED, by, now, reason=reason[:300])


@transaction.atomic
def withdraw_step_up(*, step_up: StepUp, reason: str, by: Post, now: datetime.datetime) -> StepUpAnswer:
    """Take back a step up that social care refused, and say how the child is helped instead: the case carries on.

    Only after a refusal, disputed or not: what social care has not answered stays with them. Whoever arranges the
    work does it; a step up without a case (from the hub) has nothing to carry on with, and stays.
    """
    require(permissions.why_not_withdraw_step_up(by=by, step_up=step_up, now=now))
    require(None if reason.strip() else refusals.NO_REASON)
    return _answer(step_up, StepUpResult.WITHDRAWN, by, now, reason=reason[:300])


def _answer(step_up: StepUp, result: StepUpResult, by: Post, now: datetime.datetime, **more: object) -> StepUpAnswer:
    columns = owned(by, now, person_id=step_up.whom, family_id=step_up.family_id)
    is_sender = by.agency_id == step_up.owner_id
    columns["sent_to_id"] = step_up.sent_to_id if is_sender else step_up.owner_id
    columns["sent_to_practitioner_id"] = None if is_sender else step_up.author_id
    answer = StepUpAnswer(**columns, step_up=step_up, result=result, **{"answered_at": now, **more})
    answer.save()
    write_event(
        people=[step_up.whom],
        family=step_up.family_id,
        kind=Kind.CASE,
        title=f"Step up: {result.label.lower()}",
        text=answer.reason or f"{answer.named_person}, {answer.their_reference}",
        source=EventSource.STEP,
        source_id=answer.pk,
        by=by,
        now=now,
        significant=True,
        sent_to=columns["sent_to_id"],
    )
    return answer
