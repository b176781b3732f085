"""Setting a child's level of need, as a dated row beside the earlier ones."""

import datetime
from uuid import UUID

from django.db import transaction

from cases import refusals
from cases.actions.recording import owned, sent_like
from cases.models import Case, ChildLevel
from sharing_agreements.models import Post
from sharing_agreements.refusals import require


@transaction.atomic
def set_level(
    *,
    case: Case,
    child: UUID,
    level: int,
    reason: str,
    by: Post,
    now: datetime.datetime,
) -> ChildLevel:
    """Set a child's level of need from today; the levels before stay."""
    require(None if reason.strip() else refusals.NO_REASON)
    row = ChildLevel(
        **owned(by, now, person_id=child, case=case, **sent_like(case)),
        level=level,
        reason=reason[:300],
    )
    row.save()
    return row
