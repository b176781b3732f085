"""The early help assessment: begun when a lead says yes, finished with a conclusion and a need in the plan."""

import datetime
from typing import Any

from django.db import transaction

from cases import permissions, refusals, rules
from cases.actions.moving import move
from cases.actions.recording import day_of, owned, sent_like, write_event
from cases.models import Assessment, AssessmentDetail, Case, ChildInCase, Need
from cases.vocabulary import CaseState, EventSource
from sharing_agreements.models import Post
from sharing_agreements.queries import calendar
from sharing_agreements.refusals import require
from sharing_agreements.vocabulary import Kind
from sharing_agreements.working_time import CalendarEnds, add_working_days

_PARTS = ("worries", "strengths", "needs_to_happen", "family_view", "child_view")


@transaction.atomic
def start(
    *,
    case: Case,
    children: list[ChildInCase],
    by: Post,
    now: datetime.datetime,
    reason: str = "",
) -> Assessment:
    """Begin an assessment, or begin again after a plan. Due in 10 working days (D14)."""
    require(None if children else refusals.NO_CHILDREN)
    for child in children:
        again = child.state == CaseState.PLAN_ACTIVE
        move(
            child=child,
            verb="assess_again" if again else "start_assessment",
            reason=reason or ("a review asked for it" if again else "the lead said yes"),
            by=by,
            now=now,
        )
    people = [child.whom for child in children]
    columns = owned(by, now, about=people, **sent_like(case))
    assessment = Assessment(**columns, case=case, due_on=_due_on(day_of(now)))
    assessment.save()
    AssessmentDetail(**columns, assessment=assessment).save()
    return assessment


def _due_on(day: datetime.date) -> datetime.date:
    """Ten working days on; two weeks where the calendar has not been filled that far."""
    try:
        return add_working_days(day, rules.ASSESSMENT_WORKING_DAYS, calendar())
    except CalendarEnds:
        return day + datetime.timedelta(weeks=2)


@transaction.atomic
def save(
    *,
    assessment: Assessment,
    version: int,
    by: Post,
    now: datetime.datetime,
    **parts: str,
) -> bool:
    """Keep what is written so far (worries, strengths, needs_to_happen, family_view, child_view).

    Gives False and keeps nothing when somebody saved meanwhile: `version` is that of the detail as it was read.
    """
    require(permissions.why_not_work_on(by=by, case=assessment.case, today=now))
    written: dict[str, Any] = {name: words for name, words in parts.items() if name in _PARTS}
    rows = AssessmentDetail.objects.filter(assessment=assessment, version=version)
    return rows.update(**written, version=version + 1) == 1


@transaction.atomic
def finish(
    *,
    assessment: Assessment,
    children: list[ChildInCase],
    conclusion: str,
    by: Post,
    now: datetime.datetime,
) -> None:
    """Finish with a conclusion in words the team may read; the plan of each child starts. Needs one need."""
    case = assessment.case
    require(permissions.why_not_work_on(by=by, case=case, today=now))
    require(None if conclusion.strip() else refusals.NO_CONCLUSION)
    needs = Need.objects.filter(case=case).values_list("pk", flat=True)
    require(None if needs[:1] else refusals.NO_NEED)
    Assessment.objects.filter(pk=assessment.pk).update(
        finished_at=now, conclusion=conclusion[:500], version=assessment.version + 1
    )
    write_event(
        people=[child.whom for child in children],
        family=case.family_id,
        kind=Kind.PLAN,
        title=f"Assessment finished: {conclusion}",
        source=EventSource.PLAN,
        source_id=assessment.pk,
        by=by,
        now=now,
        sent_to=case.sent_to_id,
        hidden_from=case.hidden_from,
    )
    for child in children:
        move(
            child=child,
            verb="finish_assessment",
            reason="the assessment is finished",
            by=by,
            now=now,
        )
