"""An agency answers what the hub asked. The answer is its own record, sent to the hub."""

import datetime
from typing import Any

from django.db import IntegrityError, transaction

from referrals import refusals
from referrals.actions.triaging import BASIS
from referrals.models import (
    AgencyCheck,
    CheckAnswer,
    CheckAnswerDetail,
    CheckAnswerHubOnly,
    ReleaseRefusal,
    ReleaseRequest,
)
from referrals.permissions import checks as permissions
from referrals.queries.checks import is_let_out
from referrals.rules import checks as rules
from referrals.rules.checks import Given
from referrals.vocabulary import AgencyAnswer
from sharing_agreements.actions.owing import owe
from sharing_agreements.actions.recording import record_sending
from sharing_agreements.models import Post
from sharing_agreements.refusals import Refused, not_now, require
from sharing_agreements.vocabulary import AgencyType
from sharing_agreements.working_time import LONDON


@transaction.atomic
def answer_check(*, check: AgencyCheck, given: Given, by: Post, now: datetime.datetime) -> CheckAnswer:
    """Answer for one's agency. Answering again adds a newer answer; the earlier one stays readable."""
    require(permissions.why_not_answer(check=check, by=by))
    missing = rules.missing_from_answer(given)
    require(not_now("answer_not_whole", missing[0][1]) if missing else None)
    row = _row(check, by, now)
    holds = given.answer is AgencyAnswer.KNOWN
    kind = rules.kind_of(AgencyType(by.agency.type), holds_something=holds)
    made: CheckAnswer = CheckAnswer.objects.create(
        **row,
        kind=kind,
        check_asked=check,
        answer=given.answer or "",
        headline=given.headline if holds else "",
        answered_at=now,
    )
    CheckAnswerDetail.objects.create(
        **row,
        kind=kind,
        check_answer=made,
        detail=given.detail,
        handling=given.handling or "",
        conditions=given.conditions,
    )
    if given.hub_only.strip():
        CheckAnswerHubOnly.objects.create(**row, check_answer=made, text=given.hub_only)
    owe(job="receive_check_answer", key=f"receive_check_answer:{made.pk}", payload={"answer": made.pk})
    record_sending(what="answer sent to hub", by=by, record_ids=[made.pk], basis=BASIS, at=now)
    return made


def is_settled(request: ReleaseRequest) -> bool:
    """Whether what the hub asked to be let out was refused, or was let out."""
    return ReleaseRefusal.objects.filter(request=request).exists() or is_let_out(request)


@transaction.atomic
def refuse_release(*, request: ReleaseRequest, reason: str, by: Post, now: datetime.datetime) -> ReleaseRefusal:
    """Say no to letting an answer out, with the reason. It is sent to whoever asked, and nothing opens.

    Refused `release_settled` once it was let out or refused: of two at once the second reads so.
    """
    require(permissions.why_not_refuse_release(request=request, is_settled=is_settled(request), by=by))
    require(None if reason.strip() else not_now("reason_missing", "Say why the answer stays in the hub"))
    try:
        with transaction.atomic():
            made: ReleaseRefusal = ReleaseRefusal.objects.create(
                owner_id=by.agency_id,
                author_id=by.practitioner_id,
                about=request.about,
                hidden_from=request.hidden_from,
                sent_to_id=request.owner_id,
                sent_to_practitioner_id=request.author_id,
                happened_on=now.astimezone(LONDON).date(),
                recorded_at=now,
                request=request,
                check_answer_id=request.check_answer_id,
                reason=reason,
                refused_at=now,
            )
    except IntegrityError:
        raise Refused(refusals.RELEASE_SETTLED) from None
    record_sending(what="refusal to let an answer out", by=by, record_ids=[made.pk], basis=BASIS, at=now)
    return made


def _row(check: AgencyCheck, by: Post, now: datetime.datetime) -> dict[str, Any]:
    return {
        "owner_id": by.agency_id,
        "author_id": by.practitioner_id,
        "about": check.about,
        "hidden_from": check.hidden_from,
        "sent_to_id": check.owner_id,
        "happened_on": now.astimezone(LONDON).date(),
        "recorded_at": now,
    }
