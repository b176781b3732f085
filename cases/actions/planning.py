"""The plan: needs, outcomes wanted, and actions that a named person does by a date."""

import datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from cases import permissions, queries, refusals, rules
from cases.actions.moving import gate
from cases.actions.recording import day_of, only, owned, sent_like, write_event
from cases.models import Action, ActionProgress, Case, Need, NeedDetail, Outcome
from cases.vocabulary import ActionSort, ActionStatus, EventSource, OutcomeHeading
from sharing_agreements.models import Agency, Post, Practitioner
from sharing_agreements.refusals import require
from sharing_agreements.vocabulary import Kind


@transaction.atomic
def add_need(
    *,
    case: Case,
    people: list[UUID],
    heading: OutcomeHeading,
    title: str,
    by: Post,
    now: datetime.datetime,
    description: str = "",
    baseline: int | None = None,
) -> Need:
    """Add a need of one child, or of several people together, with where they start (0 to 10): None only
    for what an agency's own plan brings, which has no number."""
    require(permissions.why_not_work_on(by=by, case=case, today=now))
    require(None if people else refusals.NO_CHILDREN)
    columns = owned(by, now, about=people, person_id=only(people), **sent_like(case))
    need = Need(**columns, case=case, heading=heading, title=title[:160], baseline=baseline)
    need.save()
    if description.strip():
        NeedDetail(**columns, need=need, description=description).save()
    _tell(need, f"Need: {title}", by, now, text=description)
    return need


@transaction.atomic
def end_need(
    *,
    need: Need,
    by: Post,
    now: datetime.datetime,
    end_score: int | None,
    because: str = "",
) -> bool:
    """Say where a need ended, 0 to 10; `because` is due without a reached outcome. False when somebody was quicker."""
    require(permissions.why_not_lead_work(by=by, case=need.case, today=now))
    require(refusals.NO_END_MEASURE if end_score is None else None)
    reached = Outcome.objects.filter(need=need, reached_on__isnull=False).values_list("pk", flat=True)
    require(None if because.strip() or reached[:1] else refusals.NO_REASON)
    rows = Need.objects.filter(pk=need.pk, version=need.version)
    return (
        rows.update(
            end_score=end_score,
            ended_on=day_of(now),
            ended_because=because[:300],
            version=need.version + 1,
        )
        == 1
    )


@transaction.atomic
def add_outcome(*, need: Need, title: str, by: Post, now: datetime.datetime) -> Outcome:
    """Say what will be different when a need is met."""
    require(permissions.why_not_work_on(by=by, case=need.case, today=now))
    outcome = Outcome(**_like(need, by, now), need=need, title=title[:200])
    outcome.save()
    return outcome


@transaction.atomic
def reach_outcome(*, outcome: Outcome, evidence: str, by: Post, now: datetime.datetime) -> bool:
    """Say that an outcome was reached and how it shows. False when somebody was quicker."""
    require(permissions.why_not_lead_work(by=by, case=outcome.need.case, today=now))
    require(None if evidence.strip() else refusals.NO_REASON)
    rows = Outcome.objects.filter(pk=outcome.pk, version=outcome.version)
    saved = rows.update(reached_on=day_of(now), evidence=evidence[:300], version=outcome.version + 1) == 1
    if saved:
        _tell(outcome.need, f"Outcome reached: {outcome.title}", by, now)
    return saved


@transaction.atomic
def add_action(
    *,
    case: Case,
    title: str,
    doer: Practitioner,
    doer_agency: Agency,
    due_on: datetime.date,
    measure: str,
    by: Post,
    now: datetime.datetime,
    need: Need | None = None,
    people: list[UUID] | None = None,
    sort: ActionSort = ActionSort.HELP,
    power: str = "",
    power_reason: str = "",
) -> Action:
    """Add an action: what, who of which agency, by when, how it will show. The doer reads it whatever the agreements
    say. Refuses a day that has passed, one without a measure, and enforcement without its power and reason."""
    require(permissions.why_not_work_on(by=by, case=case, today=now))
    is_enforcement = sort == ActionSort.ENFORCEMENT
    why_not = rules.why_not_act(
        is_enforcement=is_enforcement,
        days_left=(due_on - day_of(now)).days,
        measure=measure,
        power=power,
        power_reason=power_reason,
    )
    require(why_not)
    require(None if queries.holds_any_post(doer, doer_agency, now) else refusals.NO_POST)
    about = need.about if need else (people or queries.people_of(case))
    columns = owned(by, now, about=about, person_id=only(about), **sent_like(case))
    columns |= {"sent_to_id": doer_agency.pk, "sent_to_practitioner_id": doer.pk}
    action = Action(
        **columns,
        case=case,
        need=need,
        title=title[:200],
        sort=sort,
        measure=measure[:200],
        power=power[:200] if is_enforcement else "",
        power_reason=power_reason[:300] if is_enforcement else "",
        doer=doer,
        doer_agency=doer_agency,
        due_on=due_on,
    )
    action.save()
    return action


@transaction.atomic
def record_progress(*, action: Action, what: str, by: Post, now: datetime.datetime) -> ActionProgress:
    """Say how far an action has come; the row is the writer's own."""
    require(permissions.why_not_progress(by=by, action=action, today=now))
    row = ActionProgress(**_like(action, by, now), action=action, what=what[:300])
    row.sent_to_id, row.sent_to_practitioner_id = action.owner_id, action.author_id
    row.save()
    return row


def complete_action(*, action: Action, what: str, by: Post, now: datetime.datetime) -> None:
    """Say that an action is done, and what was done."""
    _settle(action, ActionStatus.DONE, what, by, now)


def cancel_action(*, action: Action, reason: str, by: Post, now: datetime.datetime) -> None:
    """Cancel an action, with the reason."""
    _settle(action, ActionStatus.CANCELLED, reason, by, now)


@transaction.atomic
def _settle(action: Action, status: ActionStatus, words: str, by: Post, now: datetime.datetime) -> None:
    require(permissions.why_not_settle(by=by, action=action, today=now))
    require(None if words.strip() else refusals.NO_REASON)
    gate(
        "select gate.settle_action(%s, %s, %s, %s)",
        [action.pk, status, words[:300], now],
        EH409=refusals.SETTLED_ALREADY,
    )
    write_event(
        people=action.about,
        family=action.family_id,
        kind=Kind.PLAN,
        title=f"Action {status.label.lower()}: {action.title}",
        text=words,
        source=EventSource.PLAN,
        source_id=action.pk,
        by=by,
        now=now,
        hidden_from=action.hidden_from,
    )


def _like(row: Need | Action, by: Post, now: datetime.datetime) -> dict[str, Any]:
    """The columns of a row that is about the same people as another."""
    return owned(by, now, about=row.about, person_id=row.person_id, **sent_like(row))


def _tell(need: Need, title: str, by: Post, now: datetime.datetime, text: str = "") -> None:
    write_event(
        people=need.about,
        family=need.family_id,
        kind=Kind.PLAN,
        title=title,
        text=text,
        source=EventSource.PLAN,
        source_id=need.pk,
        by=by,
        now=now,
        sent_to=need.sent_to_id,
        hidden_from=need.hidden_from,
    )
