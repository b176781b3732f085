"""An agency answers what the hub asked. The answer is its own record, sent to the hub."""

import datetime
from typing import Any

from django.db import transaction

from referrals.actions.triaging import BASIS
from referrals.models import AgencyCheck, CheckAnswer, CheckAnswerDetail, CheckAnswerHubOnly
from referrals.permissions import checks as permissions
from referrals.rules import checks as rules
from referrals.rules.checks import Given
from referrals.vocabulary import AgencyAnswer
from sharing_agreements.actions.owing import owe
from sharing_agreements.actions.recording import record_sending
from sharing_agreements.models import Post
from sharing_agreements.refusals import not_now, require
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
