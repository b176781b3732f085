"""A plan one agency makes by itself, which becomes part of the team's; and agencies that should be in the team."""

import datetime
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db import transaction

from cases import permissions, queries, refusals, rules
from cases.actions import assessing, planning
from cases.actions.recording import day_of, owned, sent_like, write_event
from cases.models import Assessment, Case, ExpectedAgency, OwnPlan, OwnPlanAim
from cases.vocabulary import CaseState, EventSource, OutcomeHeading
from sharing_agreements.models import Agency, Post
from sharing_agreements.refusals import require
from sharing_agreements.vocabulary import Kind


@dataclass(frozen=True)
class Aim:
    """One thing a plan works towards, under which heading, and what is done about it."""

    heading: OutcomeHeading
    aim: str
    doing: str


@transaction.atomic
def record_own_plan(
    *,
    family: UUID,
    child: UUID,
    title: str,
    why: str,
    review_on: datetime.date,
    aims: Sequence[Aim],
    asked: Iterable[Agency],
    by: Post,
    now: datetime.datetime,
) -> OwnPlan:
    """Keep a plan `by`'s agency makes for one child by itself, and which agencies it asked to help.

    Refuses a plan without an aim or a reason. Nothing is sent to the agencies asked: that is done as it always was.
    """
    require(None if aims else refusals.NO_AIM)
    require(None if why.strip() and title.strip() else refusals.NO_REASON)
    columns = owned(by, now, family_id=family, person_id=child, about=[child])
    numbers = sorted({agency.no for agency in asked} - {by.agency.no})
    plan = OwnPlan(**columns, title=title[:120], why=why[:300], review_on=review_on, asked=numbers)
    plan.save()
    for one in aims:
        OwnPlanAim(**columns, plan=plan, heading=one.heading, aim=one.aim[:160], doing=one.doing[:200]).save()
    write_event(
        people=[child],
        family=family,
        kind=Kind.PLAN,
        title=f"{plan.title}, a plan of {by.agency.short_name}: {why}",
        source=EventSource.PLAN,
        source_id=plan.pk,
        by=by,
        now=now,
    )
    return plan


@transaction.atomic
def join_own_plan(*, plan: OwnPlan, case: Case, by: Post, now: datetime.datetime, conclusion: str = "") -> None:
    """Make an agency's own plan part of the team's: a need and an action for each aim, done by whoever made the plan.

    Where the assessment still runs it is finished with `conclusion` and the plan starts, so its first review is six
    weeks on (D17). Each agency the plan had asked is expected in the team from now. Refuses a plan that has been
    brought in, and a child who is not in the case.
    """
    require(permissions.why_not_lead_work(by=by, case=case, today=now))
    require(refusals.JOINED_ALREADY if plan.joined_at else None)
    places = queries.children_of(case)
    require(None if plan.person_id in {place.person_id for place in places} else refusals.NOT_IN_CASE)
    rows = OwnPlan.objects.filter(pk=plan.pk, joined_at__isnull=True)
    require(None if rows.update(joined_at=now, joined_case=case, version=plan.version + 1) else refusals.JOINED_ALREADY)
    due_on = rules.next_review(day_of(now))
    still_there = plan.author is not None and queries.holds_any_post(plan.author, plan.owner, now)
    doer, doer_agency = (plan.author, plan.owner) if still_there and plan.author else (by.practitioner, by.agency)
    for one in OwnPlanAim.objects.filter(plan=plan).order_by("recorded_at", "id"):
        need = planning.add_need(
            case=case, people=[plan.whom], heading=OutcomeHeading(one.heading), title=one.aim, by=by, now=now
        )
        told = {"title": one.doing, "measure": one.aim, "doer": doer, "doer_agency": doer_agency, "due_on": due_on}
        planning.add_action(case=case, need=need, **told, by=by, now=now)
    running = Assessment.objects.filter(case=case, finished_at__isnull=True).order_by("-recorded_at").first()
    assessed = [place for place in places if place.state == CaseState.ASSESSING]
    if running and assessed:
        assessing.finish(assessment=running, children=assessed, conclusion=conclusion, by=by, now=now)
    for agency in Agency.objects.filter(no__in=plan.asked).order_by("no"):
        expect_agency(case=case, agency=agency, why=f"Asked to help with: {plan.title}", by=by, now=now)


@transaction.atomic
def expect_agency(*, case: Case, agency: Agency, why: str, by: Post, now: datetime.datetime) -> ExpectedAgency:
    """Say which agency should be in the team, and why. Said again, the first row stays."""
    require(permissions.why_not_lead_work(by=by, case=case, today=now))
    require(None if why.strip() else refusals.NO_REASON)
    known: ExpectedAgency | None = ExpectedAgency.objects.filter(case=case, agency=agency, ended_on=None).first()
    if known:
        return known
    row = ExpectedAgency(
        **owned(by, now, about=queries.people_of(case), **sent_like(case)), case=case, agency=agency, why=why[:200]
    )
    row.save()
    return row


@transaction.atomic
def end_expectation(*, expected: ExpectedAgency, by: Post, now: datetime.datetime) -> None:
    """An agency is not needed in the team after all; its flag goes with the next night's watch."""
    require(permissions.why_not_lead_work(by=by, case=expected.case, today=now))
    rows = ExpectedAgency.objects.filter(pk=expected.pk, ended_on__isnull=True)
    rows.update(ended_on=day_of(now), version=expected.version + 1)
