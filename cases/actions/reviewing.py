"""Recording a review: need by need, the family's own score and words, and what happens next."""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db import transaction

from cases import permissions, refusals, rules
from cases.actions.recording import owned, sent_like, write_event
from cases.models import Case, Meeting, Need, Review, ReviewDetail, ReviewScore
from cases.vocabulary import Change, EventSource, ReviewResult
from sharing_agreements.models import Post
from sharing_agreements.refusals import require
from sharing_agreements.vocabulary import Kind

_GOES_ON = frozenset({ReviewResult.CONTINUE, ReviewResult.REASSESS})


@dataclass(frozen=True)
class NeedChange:
    """What became of one need, with the score it has now if one was given."""

    need: Need
    change: Change
    score: int | None = None


@transaction.atomic
def record_review(
    *,
    case: Case,
    children: list[UUID],
    held_on: datetime.date,
    result: ReviewResult,
    summary: str,
    scores: Sequence[NeedChange],
    by: Post,
    now: datetime.datetime,
    meeting: Meeting | None = None,
    family_score: int | None = None,
    what_changed: str = "",
    family_view: str = "",
    child_view: str = "",
    next_review_on: datetime.date | None = None,
) -> Review:
    """Record a review of these children, with or without a meeting. It moves nothing: the verb it calls for does.

    The next review is in 6 weeks unless another day within 12 is given (D17). Review children apart where the
    result differs.
    """
    require(permissions.why_not_lead_work(by=by, case=case, today=now))
    require(None if children else refusals.NO_CHILDREN)
    require(None if summary.strip() else refusals.NO_REASON)
    require(rules.why_not_review_on(held_on, next_review_on))
    if result in _GOES_ON and next_review_on is None:
        next_review_on = rules.next_review(held_on)
    columns = owned(by, now, about=sorted(children), person_id=_only(children), **sent_like(case))
    columns["happened_on"] = held_on
    review = Review(
        **columns,
        case=case,
        meeting=meeting,
        family_score=family_score,
        result=result,
        summary=summary[:500],
        next_review_on=next_review_on,
    )
    review.save()
    ReviewDetail(
        **columns, review=review, what_changed=what_changed, family_view=family_view, child_view=child_view
    ).save()
    for one in scores:
        row = columns | {"about": one.need.about, "person_id": one.need.person_id}
        ReviewScore(**row, review=review, need=one.need, change=one.change, score=one.score).save()
    write_event(
        people=children,
        family=case.family_id,
        kind=Kind.REVIEW,
        title=f"Review: {summary} ({result.label.lower()})",
        text="\n\n".join(words for words in (what_changed, family_view, child_view) if words.strip()),
        source=EventSource.REVIEW,
        source_id=review.pk,
        by=by,
        now=now,
        happened_on=held_on,
        significant=True,
        sent_to=case.sent_to_id,
        hidden_from=case.hidden_from,
    )
    return review


def _only(people: list[UUID]) -> UUID | None:
    return people[0] if len(people) == 1 else None
