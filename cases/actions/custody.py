"""That an adult of a family is in custody, when they are expected home, and that they are out."""

import datetime
from uuid import UUID

from django.db import transaction

from cases import permissions, refusals
from cases.actions.recording import day_of, owned, write_event
from cases.models import Case, Custody
from cases.vocabulary import CustodyEnd, EventSource
from sharing_agreements.models import Post
from sharing_agreements.refusals import Refusal, require
from sharing_agreements.vocabulary import Kind


@transaction.atomic
def record_custody(
    *,
    person: UUID,
    case: Case,
    told_by: str,
    by: Post,
    now: datetime.datetime,
    from_date: datetime.date | None = None,
    release_on: datetime.date | None = None,
) -> Custody:
    """Say that an adult is in custody, from which day and until which, as far as anybody knows.

    The row belongs to the agency of whoever writes it and is sent to nobody. Days are days in London. Refused to
    whoever does not work with the family, for a first day that has not come, and for a release before it.
    """
    require(permissions.why_not_work_on(by=by, case=case, today=now))
    require(why_not_between(from_date, release_on, day_of(now)))
    row = Custody.objects.create(
        **owned(by, now, person_id=person, family_id=case.family_id, hidden_from=case.hidden_from),
        from_date=from_date,
        release_on=release_on,
        told_by=told_by[:160],
    )
    _tell(row, "In custody", from_date or day_of(now), by, now)
    return row


@transaction.atomic
def change_custody(
    *,
    custody: Custody,
    version: int,
    told_by: str,
    by: Post,
    now: datetime.datetime,
    from_date: datetime.date | None = None,
    release_on: datetime.date | None = None,
) -> bool:
    """Give other days, or say that the day of release is not known. False when somebody changed it meanwhile.

    Refused to all but the agency that wrote it and the lead, once it has ended, and for days in the wrong order.
    """
    require(permissions.why_not_change_custody(by=by, custody=custody))
    require(why_not_between(from_date, release_on, day_of(now)))
    rows = Custody.objects.filter(pk=custody.pk, version=version, ended_on__isnull=True)
    said = {"from_date": from_date, "release_on": release_on, "told_by": told_by[:160]}
    if not rows.update(**said, version=version + 1):
        return False
    if release_on != custody.release_on:
        when = f"on {release_on.day} {release_on:%B %Y}" if release_on else "on a day nobody knows yet"
        _tell(custody, f"Release from custody expected {when}", day_of(now), by, now)
    return True


@transaction.atomic
def end_custody(
    *, custody: Custody, version: int, ended_as: CustodyEnd, on: datetime.date, by: Post, now: datetime.datetime
) -> bool:
    """Say that somebody is out, or that it was recorded by mistake. False when somebody changed it meanwhile.

    Refused to all but the agency that wrote it and the lead, and for a day that has not come or is before the first.
    """
    require(permissions.why_not_change_custody(by=by, custody=custody))
    require(refusals.NOT_BORN_YET if on > day_of(now) else None)
    require(refusals.RELEASED_BEFORE if custody.from_date and on < custody.from_date else None)
    rows = Custody.objects.filter(pk=custody.pk, version=version, ended_on__isnull=True)
    if not rows.update(ended_on=on, ended_as=ended_as, version=version + 1):
        return False
    released = ended_as == CustodyEnd.RELEASED
    _tell(custody, "Released from custody" if released else "Custody was recorded by mistake", on, by, now)
    return True


def why_not_between(
    from_date: datetime.date | None, release_on: datetime.date | None, today: datetime.date
) -> Refusal | None:
    """Custody has begun, and a release does not come before it."""
    if from_date and from_date > today:
        return refusals.NOT_BORN_YET
    return refusals.RELEASED_BEFORE if from_date and release_on and release_on < from_date else None


def _tell(row: Custody, title: str, on: datetime.date, by: Post, now: datetime.datetime) -> None:
    """A line of the chronology about that adult alone, of the same kind, sent to nobody either."""
    write_event(
        people=[row.whom],
        family=row.family_id,
        kind=Kind.JUSTICE,
        title=title,
        source=EventSource.PEOPLE,
        source_id=row.pk,
        by=by,
        now=now,
        happened_on=on,
        hidden_from=row.hidden_from,
    )
