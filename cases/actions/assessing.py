"""The early help assessment: begun when a lead says yes, finished with a conclusion and a need in the plan.

Each save writes rows for what changed and nothing else; earlier ones stay. What an earlier assessment said is not
copied: it counts as this one's when somebody confirms it, in a row of their own that names the one it confirms.
"""

import datetime
from collections.abc import Mapping
from dataclasses import dataclass

from django.db import connection, transaction
from django.db.models import Max

from cases import permissions, refusals, rules
from cases.actions.moving import move
from cases.actions.recording import day_of, owned, sent_like, write_event
from cases.models import Assessment, AssessmentAnswer, Case, ChildInCase, Need
from cases.queries.assessment_forms import newest
from cases.queries.pages.assessment import Line, assessment_page, newest_in, said_in
from cases.queries.pages.family_top import FamilyTop
from cases.rules.assessment_form import Keep, Said, what_to_keep, why_not_answer
from cases.vocabulary import CaseState, EventSource
from sharing_agreements.models import Post
from sharing_agreements.queries import calendar
from sharing_agreements.refusals import require
from sharing_agreements.vocabulary import Kind
from sharing_agreements.working_time import CalendarEnds, add_working_days


@transaction.atomic
def start(
    *,
    case: Case,
    children: list[ChildInCase],
    by: Post,
    now: datetime.datetime,
    reason: str = "",
) -> Assessment:
    """Begin an assessment on the newest form, or begin again after a plan. Due in 10 working days (D14)."""
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
    assessment = Assessment(**columns, case=case, due_on=_due_on(day_of(now)), form_version=newest().version)
    assessment.save()
    return assessment


def _due_on(day: datetime.date) -> datetime.date:
    """Ten working days on; two weeks where the calendar has not been filled that far."""
    try:
        return add_working_days(day, rules.ASSESSMENT_WORKING_DAYS, calendar())
    except CalendarEnds:
        return day + datetime.timedelta(weeks=2)


@dataclass(frozen=True)
class Given:
    """What was sent for one line of a section."""

    said: Said
    still_right: bool = False


@transaction.atomic
def save(
    *,
    top: FamilyTop,
    assessment: Assessment,
    section: str,
    given: Mapping[str, Given],
    version: int,
    by: Post,
    now: datetime.datetime,
) -> bool:
    """Keep what was written in one section, by the key of each line, and confirm what still stands.

    Gives False and keeps nothing when somebody saved the section meanwhile: `version` is the last save that the page
    was made from. Refuses what the section does not ask, a number off its scale, and a finished assessment.
    """
    require(permissions.why_not_work_on(by=by, case=assessment.case, today=now))
    require(refusals.ASSESSMENT_FINISHED if assessment.finished_at else None)
    _wait_for_others(assessment)
    lines = {line.key: line for line in assessment_page(top, assessment).lines_in(section)}
    for key, one in given.items():
        require(why_not_answer(lines[key].question if key in lines else None, one.said))
    if newest_in(lines.values()) != version:
        return False
    answers = AssessmentAnswer.objects.visible().filter(assessment=assessment)
    revision = (answers.aggregate(last=Max("revision"))["last"] or 0) + 1
    for key, one in given.items():
        line = lines[key]
        kept = what_to_keep(one.said, now=said_in(line.now), earlier=said_in(line.earlier), still_right=one.still_right)
        if kept != Keep.NOTHING:
            confirmed = line.earlier if kept == Keep.CONFIRMED else None
            _answer(assessment, line, one.said, confirmed, revision, by, now).save()
    return True


def _wait_for_others(assessment: Assessment) -> None:
    """Until the end of the transaction nobody else saves this assessment: two saves of one section are told apart."""
    with connection.cursor() as cursor:
        cursor.execute("select pg_advisory_xact_lock(hashtextextended(%s, 0))", [f"assessment:{assessment.pk}"])


def _answer(
    assessment: Assessment,
    line: Line,
    said: Said,
    confirmed: AssessmentAnswer | None,
    revision: int,
    by: Post,
    now: datetime.datetime,
) -> AssessmentAnswer:
    """A row about one person where one person is asked about, so that nobody's answer goes with a sibling's. It is
    sent to whoever began the assessment: they finish it."""
    about = [line.person] if line.person else assessment.about
    columns = owned(by, now, about=about, person_id=line.person, **sent_like(assessment))
    if by.agency_id != assessment.owner_id:
        columns |= {"sent_to_id": assessment.owner_id, "sent_to_practitioner_id": assessment.author_id}
    return AssessmentAnswer(
        **columns,
        assessment=assessment,
        question=line.question.code,
        words=said.words,
        score=said.score,
        revision=revision,
        said_on=confirmed.said_on if confirmed else day_of(now),
        confirms=confirmed,
    )


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
