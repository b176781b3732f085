"""A member of the team says that the plan does not work; the lead answers what is done about it."""

import datetime

from django.db import transaction

from cases import permissions, queries, refusals
from cases.actions.recording import day_of, owned, write_event
from cases.models import Case, PlanConcern
from cases.vocabulary import EventSource
from sharing_agreements.models import Post
from sharing_agreements.refusals import require
from sharing_agreements.vocabulary import Kind


@transaction.atomic
def raise_concern(*, case: Case, words: str, by: Post, now: datetime.datetime) -> PlanConcern:
    """Say what is wrong with the plan. It goes to the agency whose case it is, and into the chronology.

    Refused to whoever does not work with the family, and without words. A child in danger is a report, not this.
    """
    require(permissions.why_not_work_on(by=by, case=case, today=now))
    require(None if words.strip() else refusals.NO_WORDS)
    children = [child.whom for child in queries.children_of(case)]
    to = case.owner_id if case.owner_id != by.agency_id else case.sent_to_id
    row = PlanConcern(
        **owned(by, now, about=sorted(children), family_id=case.family_id),
        case=case,
        words=words[:500],
        sent_to_id=to,
        hidden_from=case.hidden_from,
    )
    row.save()
    write_event(
        people=children,
        family=case.family_id,
        kind=Kind.PLAN,
        title=f"{by.agency.short_name} is worried about the plan",
        text=words,
        source=EventSource.PLAN,
        source_id=row.pk,
        by=by,
        now=now,
        sent_to=to,
        hidden_from=case.hidden_from,
    )
    return row


@transaction.atomic
def answer_concern(*, concern: PlanConcern, answer: str, by: Post, now: datetime.datetime) -> bool:
    """Say what is done about it. By the lead, as row security has it. False when somebody answered meanwhile."""
    require(permissions.why_not_answer_concern(by=by, concern=concern))
    require(None if answer.strip() else refusals.NO_WORDS)
    rows = PlanConcern.objects.filter(pk=concern.pk, version=concern.version)
    changed = {"answer": answer[:500], "answered_on": day_of(now), "version": concern.version + 1}
    return rows.update(**changed) == 1
