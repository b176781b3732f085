"""Ending the work with children: closing words for whoever meets the family next, then the move."""

import datetime
from collections.abc import Mapping

from django.db import transaction

from cases import lifecycle, permissions, queries, refusals, rules
from cases.actions.moving import gate, move
from cases.actions.recording import day_of, owned, sent_like
from cases.models import ChildInCase, ClosingDetail, ClosingSummary, SignOff
from cases.vocabulary import CaseState, ClosingReason
from sharing_agreements.models import Post
from sharing_agreements.refusals import require

_PARTS = frozenset({"what_changed", "not_achieved", "family_view", "child_view", "who_stays"})


def close_words(
    *,
    child: ChildInCase,
    reason: ClosingReason,
    summary: str,
    by: Post,
    now: datetime.datetime,
    if_they_return: str = "",
    detail: Mapping[str, str] | None = None,
    sign_off: SignOff | None = None,
) -> ClosingSummary:
    """Keep the closing summary of one child; `detail` holds the parts of the full record."""
    columns = owned(by, now, person_id=child.whom, **sent_like(child))
    closing = ClosingSummary(
        **columns,
        case_id=child.case_id,
        reason=reason,
        summary=summary[:600],
        if_they_return=if_they_return[:300],
        sign_off=sign_off,
    )
    closing.save()
    parts = {name: words for name, words in (detail or {}).items() if name in _PARTS}
    if any(words.strip() for words in parts.values()):
        ClosingDetail(**columns, closing=closing, **parts).save()
    return closing


@transaction.atomic
def close_case(
    *,
    children: list[ChildInCase],
    reason: ClosingReason,
    summary: str,
    by: Post,
    now: datetime.datetime,
    if_they_return: str = "",
    detail: Mapping[str, str] | None = None,
    sign_off: SignOff | None = None,
) -> None:
    """End the work with these children of one case. Their team's sight of them ends with today.

    Refuses while a need has neither an outcome nor a reason (F55), without a summary, and, where the family
    declined or withdrew, without a manager's sign-off. When the last child ends, the adults' team ends too.
    """
    require(None if children else refusals.NO_CHILDREN)
    require(None if summary.strip() else refusals.NO_REASON)
    case = children[0].case
    needed = rules.needs_sign_off(CaseState.CLOSED, reason=reason, today=day_of(now))
    for child in children:
        require(
            permissions.why_not_end_work(child=child, to=CaseState.CLOSED, needed=needed, sign_off=sign_off, now=now)
        )
        close_words(
            child=child,
            reason=reason,
            summary=summary,
            if_they_return=if_they_return,
            detail=detail,
            sign_off=sign_off,
            by=by,
            now=now,
        )
        move(child=child, verb="close_case", reason=summary, by=by, now=now, sign_off=sign_off)
    leaving = [child.whom for child in children]
    if not any(child.state in lifecycle.WORKING for child in queries.children_of(case)):
        leaving += queries.adults_of(case.family_id)
    gate("select gate.end_team(%s::uuid[], %s)", [leaving, day_of(now)])
