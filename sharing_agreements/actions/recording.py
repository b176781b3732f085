"""What a verb adds to the disclosure log on top of the page's own row: that something was sent, and why it may be."""

import datetime
from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.utils import timezone

from sharing_agreements.models import Disclosure, Post


def record_sending(
    *,
    what: str,
    by: Post | None,
    record_ids: Iterable[UUID],
    basis: str,
    family: UUID | None = None,
    at: datetime.datetime | None = None,
) -> None:
    """Note that `by` sent these records to somebody (decision 0003: sending is the sender's disclosure).

    `by` is None in a job: the log then names the job. `what` is a fixed word ("report sent to hub"), `basis` the
    lawful basis in words. No names, no text of records.
    """
    Disclosure.objects.create(
        **(_sender(by) if by else {}),
        at=at or timezone.now(),
        what=what,
        outcome="sent",
        record_ids=list(record_ids),
        family_id=family,
        basis=basis,
    )


def _sender(by: Post) -> dict[str, Any]:
    return {"practitioner_id": by.practitioner_id, "post_id": by.pk, "agency_id": by.agency_id, "role": by.role}


def record_looking(
    *, what: str, by: Post, record_ids: Iterable[UUID], reason: str, purpose: str, at: datetime.datetime
) -> None:
    """Note that `by` looked for somebody, why (a picked reason), and which records that showed; none is noted too."""
    Disclosure.objects.create(
        at=at,
        practitioner_id=by.practitioner_id,
        post_id=by.pk,
        agency_id=by.agency_id,
        role=by.role,
        purpose=purpose,
        what=what,
        outcome="looked",
        record_ids=list(record_ids),
        basis=reason,
    )
