"""A manager's sign-off on what one person may not decide alone."""

import datetime

from django.db import transaction

from cases import permissions, queries, refusals
from cases.actions.recording import owned
from cases.models import Answer, Case, SignOff
from cases.vocabulary import CaseState
from sharing_agreements.models import Post
from sharing_agreements.refusals import require
from sharing_agreements.vocabulary import Kind


@transaction.atomic
def ask_sign_off(*, case: Case, to_state: CaseState, reason: str, by: Post, now: datetime.datetime) -> SignOff:
    """Ask the managers of the service that offered the help to agree to a step-down or a closing."""
    require(permissions.why_not_work_on(by=by, case=case, today=now))
    require(None if reason.strip() else refusals.NO_REASON)
    sign_off = SignOff(
        **owned(by, now, family_id=case.family_id, about=queries.people_of(case)),
        sent_to_id=case.sent_to_id or case.owner_id,
        case=case,
        to_state=to_state,
        reason=reason[:300],
    )
    sign_off.save()
    return sign_off


@transaction.atomic
def answer_sign_off(*, sign_off: SignOff, agreed: bool, by: Post, now: datetime.datetime, reason: str = "") -> Answer:
    """A manager, not whoever asked, says yes or (with a reason) no. A yes lasts 30 days."""
    require(permissions.why_not_sign_off(by=by, sign_off=sign_off))
    require(None if agreed or reason.strip() else refusals.NO_REASON)
    columns = owned(
        by,
        now,
        family_id=sign_off.family_id,
        about=sign_off.about,
        kind=Kind.CASE,
        sent_to_id=sign_off.owner_id,
        sent_to_practitioner_id=sign_off.author_id,
    )
    answer = Answer(**columns, sign_off=sign_off, accepted=agreed, reason=reason[:300])
    answer.save()
    return answer
