"""Asking for a kind of record, or for an agreement about it, and answering."""

import datetime
from dataclasses import dataclass

from django.db.models import F

from sharing_agreements.models import Agency, AgreementRequest, Post
from sharing_agreements.permissions import why_not_answer_request, why_not_ask
from sharing_agreements.queries import calendar
from sharing_agreements.queries.asking import what_is_missing
from sharing_agreements.refusals import require
from sharing_agreements.rules.asking import ANSWER_WORKING_DAYS
from sharing_agreements.vocabulary import Kind, Level, RequestState
from sharing_agreements.working_time import LONDON, add_working_days


@dataclass(frozen=True)
class Wish:
    """What is asked for: a kind of another agency's records, how much of it, and what the work needs it for."""

    asked: Agency
    kind: Kind
    level: Level
    why: str


def ask_for_sharing(wish: Wish, *, by: Post, now: datetime.datetime) -> AgreementRequest:
    """Put a wish before the governance leads. Looks at agreements, never at a record.

    It is answered within ten working days, or climbs (rules.asking). Refuses own agency's records.
    """
    require(why_not_ask(asked=wish.asked, by=by))
    return AgreementRequest.objects.create(
        agency=by.agency,
        asked_by=by.practitioner,
        role=by.role,
        asked=wish.asked,
        kind=wish.kind,
        level=wish.level,
        why=wish.why,
        missing=what_is_missing(provider=wish.asked, kind=wish.kind, level=wish.level, by=by),
        asked_at=now,
        due_on=add_working_days(now.astimezone(LONDON).date(), ANSWER_WORKING_DAYS, calendar()),
    )


def answer_request(
    request: AgreementRequest, *, state: RequestState, answer: str, version: int, by: Post, now: datetime.datetime
) -> bool:
    """Answer a request; a later answer replaces an earlier one. False when somebody answered meanwhile."""
    require(why_not_answer_request(by=by))
    changed = AgreementRequest.objects.filter(pk=request.pk, version=version).update(
        state=state, answer=answer, answered_by=by.practitioner, answered_at=now, version=F("version") + 1
    )
    return bool(changed)
