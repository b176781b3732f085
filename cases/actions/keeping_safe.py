"""What keeps people safe: how to reach them, whom to keep apart, whom not to tell, what to know before a visit."""

import datetime
from uuid import UUID

from cases import permissions, queries, refusals, rules
from cases.actions.recording import day_of, owned
from cases.models import (
    KeepApart,
    LiftedNotSafeToTell,
    NotSafeToTell,
    SafeContact,
    StaffSafetyNote,
)
from cases.vocabulary import ContactWay
from sharing_agreements.models import Post
from sharing_agreements.refusals import require

_DAY = datetime.timedelta(days=1)


def set_safe_contact(
    *,
    person: UUID,
    way: ContactWay,
    detail: str,
    by: Post,
    now: datetime.datetime,
    safe_times: str = "",
    family: UUID | None = None,
) -> SafeContact:
    """Keep a safe way and time to reach somebody."""
    row = SafeContact(
        **owned(by, now, person_id=person, family_id=family),
        way=way,
        detail=detail[:160],
        safe_times=safe_times[:160],
    )
    row.save()
    return row


def keep_apart(
    *,
    person: UUID,
    from_person: UUID,
    reason: str,
    review_on: datetime.date,
    family: UUID | None,
    by: Post,
    now: datetime.datetime,
) -> KeepApart:
    """Two people must not be brought together: separate meetings, letters and invitations."""
    require(None if reason.strip() else refusals.NO_REASON)
    row = KeepApart(
        **owned(by, now, person_id=person, about=[person, from_person], family_id=family),
        from_person_id=from_person,
        reason=reason[:300],
        review_on=review_on,
    )
    row.save()
    return row


def mark_not_safe_to_tell(
    *,
    person: UUID,
    reason: str,
    review_on: datetime.date,
    family: UUID | None,
    by: Post,
    now: datetime.datetime,
) -> NotSafeToTell:
    """Stop every letter, message, invitation and copy to somebody until the hub lifts it."""
    require(None if reason.strip() else refusals.NO_REASON)
    others = queries.adults_of(family) if family else []
    row = NotSafeToTell(
        **owned(by, now, person_id=person, about=sorted({person, *others}), family_id=family),
        reason=reason[:300],
        review_on=review_on,
    )
    row.save()
    return row


def lift_not_safe_to_tell(
    *, marker: NotSafeToTell, reason: str, by: Post, now: datetime.datetime
) -> LiftedNotSafeToTell:
    """The hub, and only the hub, says that it is safe to tell somebody again."""
    require(permissions.why_not_lift(by=by))
    require(None if reason.strip() else refusals.NO_REASON)
    row = LiftedNotSafeToTell(
        **owned(by, now, person_id=marker.person_id, about=marker.about, family_id=marker.family_id),
        sent_to_id=marker.owner_id,
        marker=marker,
        reason=reason[:300],
    )
    row.save()
    return row


def note_staff_safety(
    *,
    people: list[UUID],
    family: UUID,
    what: str,
    review_on: datetime.date,
    by: Post,
    now: datetime.datetime,
) -> StaffSafetyNote:
    """Tell colleagues what to know before a visit. Reviewed within 12 months (D27)."""
    require(rules.why_not_safety_review_on(day_of(now), review_on))
    require(None if what.strip() else refusals.NO_REASON)
    row = StaffSafetyNote(
        **owned(by, now, about=sorted(people), family_id=family), what=what[:300], review_on=review_on
    )
    row.save()
    return row
