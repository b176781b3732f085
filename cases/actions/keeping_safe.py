"""What keeps people safe: how to reach them, whom to keep apart, whom not to tell, what to know before a visit."""

import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import F

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


@transaction.atomic
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


@transaction.atomic
def change_safe_contact(
    *,
    contact: SafeContact,
    version: int,
    way: ContactWay,
    detail: str,
    by: Post,
    now: datetime.datetime,
    safe_times: str = "",
    still_safe: bool = True,
) -> bool:
    """Change a way to reach somebody, or say that it is safe no longer. False when somebody changed it meanwhile."""
    rows = SafeContact.objects.filter(pk=contact.pk, version=version)
    changed = rows.update(
        way=way,
        detail=detail[:160],
        safe_times=safe_times[:160],
        ended_on=None if still_safe else day_of(now) - _DAY,
        version=version + 1,
    )
    return changed == 1


@transaction.atomic
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


@transaction.atomic
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


@transaction.atomic
def lift_not_safe_to_tell(
    *, marker: NotSafeToTell, reason: str, by: Post, now: datetime.datetime
) -> LiftedNotSafeToTell:
    """The hub, and only the hub, says that it is safe to tell somebody again."""
    require(permissions.why_not_lift(by=by))
    require(refusals.ANSWERED_ALREADY if hasattr(marker, "lifted") else None)
    require(None if reason.strip() else refusals.NO_REASON)
    row = LiftedNotSafeToTell(
        **owned(by, now, person_id=marker.person_id, about=marker.about, family_id=marker.family_id),
        sent_to_id=marker.owner_id,
        marker=marker,
        reason=reason[:300],
    )
    row.save()
    return row


@transaction.atomic
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


@transaction.atomic
def end_safe_contact(*, contact: SafeContact, reason: str, by: Post, now: datetime.datetime) -> bool:
    """A way to reach somebody is safe no longer, from this moment. The agency that wrote it and the lead say so."""
    require(permissions.why_not_end_way(by=by, contact=contact))
    return _end(contact, reason, now)


@transaction.atomic
def end_keep_apart(*, pair: KeepApart, reason: str, by: Post, now: datetime.datetime) -> bool:
    """Two people need not be kept apart any more. Only the agency that said so ends it."""
    require(permissions.why_not_end_note(by=by, note=pair))
    return _end(pair, reason, now)


@transaction.atomic
def end_staff_safety(*, note: StaffSafetyNote, reason: str, by: Post, now: datetime.datetime) -> bool:
    """A staff-safety note holds no longer. Only the agency that wrote it ends it."""
    require(permissions.why_not_end_note(by=by, note=note))
    return _end(note, reason, now)


def _end(row: SafeContact | KeepApart | StaffSafetyNote, reason: str, now: datetime.datetime) -> bool:
    """Yesterday was its last day, so that no page shows it again. False when it was ended meanwhile."""
    require(None if reason.strip() else refusals.NO_REASON)
    rows = type(row).objects.filter(pk=row.pk, ended_on__isnull=True)
    last_day = day_of(now) - _DAY
    return rows.update(ended_on=last_day, ended_because=reason[:300], version=F("version") + 1) == 1
