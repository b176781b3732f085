"""Cases whose records were kept for long enough: listed each night, decided by people, deleted by nobody."""

import datetime
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.db import connection, transaction

from cases import permissions
from cases.actions.recording import day_of, owned
from cases.models import RetentionAnswer, RetentionReview
from cases.rules.retention import NOTICE_DAYS, YEARS_FROM_BIRTH, YEARS_INACTIVE, why_not_detail
from cases.vocabulary import HoldReason, RetentionStatus
from sharing_agreements.models import Post
from sharing_agreements.refusals import require
from sharing_agreements.working_time import LONDON

JOB = "list_retention"
_SQL = Path(__file__).parents[1] / "sql" / "retention_list.sql"


@dataclass(frozen=True)
class Listed:
    """What one night changed: cases newly listed, taken off, with another day, and waiting again."""

    listed: int
    taken_off: int
    moved: int
    waits_again: int


def list_retention(*, as_of: datetime.date, now: datetime.datetime) -> Listed:
    """Bring the list to what is true on `as_of` (a day in London): cases in which no work is left and whose time is
    over by then, or within the notice. Twice changes nothing; one night makes up for missed ones; nothing is deleted.

    Needs the principal `list_retention` (or maintenance).
    """
    until = as_of + datetime.timedelta(days=NOTICE_DAYS)
    ended_by = until.replace(year=until.year - YEARS_INACTIVE, day=min(until.day, 28)) + datetime.timedelta(days=35)
    values: dict[str, Any] = {
        "as_of": as_of,
        "now": now,
        "listed_until": until,
        "inactive_before": datetime.datetime.combine(ended_by, datetime.time(), LONDON),
        "years_from_birth": YEARS_FROM_BIRTH,
        "years_inactive": YEARS_INACTIVE,
    }
    with connection.cursor() as cursor:
        # Whole tables are joined here: yesterday's statistics must not mislead the planner into row by row.
        cursor.execute("set local enable_nestloop = off; set local work_mem = '256MB'")
        cursor.execute(_SQL.read_text(encoding="utf-8"), values)
        listed = Listed(*cursor.fetchone())
        cursor.execute("set local enable_nestloop to default; set local work_mem to default")
    return listed


@transaction.atomic
def answer_retention(
    *,
    review: RetentionReview,
    version: int,
    status: RetentionStatus,
    reason: str,
    by: Post,
    now: datetime.datetime,
    until: datetime.date | None = None,
    hold: HoldReason | None = None,
) -> bool:
    """Keep a case until a day, hold it, propose it for disposal, or agree to what somebody else proposed.

    False when somebody changed it meanwhile. Refused to all but managers of the agency whose case it is, for what the
    rules do not allow (rules/retention.py), and once it is off the list. Marking deletes nothing.
    """
    require(permissions.why_not_answer_retention(by=by, review=review, status=status, today=day_of(now)))
    require(why_not_detail(then=status, until=until, hold=hold, reason=reason, today=day_of(now)))
    kept, held = status == RetentionStatus.KEPT, status == RetentionStatus.HELD
    said = {"status": status, "until": until if kept else None}
    marked = status == RetentionStatus.MARKED
    proposes = status == RetentionStatus.PROPOSED
    proposer = by.practitioner_id if proposes else review.proposed_by_id if marked else None
    people = {"proposed_by_id": proposer, "agreed_by_id": by.practitioner_id if marked else None}
    rows = RetentionReview.objects.filter(pk=review.pk, version=version, taken_off_on__isnull=True)
    if not rows.update(**said, **people, version=version + 1):
        return False
    RetentionAnswer.objects.create(
        **owned(by, now, about=review.about, person_id=review.person_id, family_id=review.family_id),
        **said,
        review=review,
        hold=hold if held and hold else "",
        reason=reason[:300],
        hidden_from=review.hidden_from,
    )
    return True
