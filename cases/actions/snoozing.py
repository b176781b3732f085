"""Put a flag off for a while, or take it to the manager now; each with a reason."""

import datetime

from django.db import connection, transaction
from django.db.models import F

from cases import permissions, refusals
from cases.actions.recording import day_of, write_event
from cases.models import Flag, Snooze
from cases.vocabulary import EventSource
from sharing_agreements.models import Post
from sharing_agreements.refusals import require
from sharing_agreements.vocabulary import Kind


@transaction.atomic
def snooze_flag(
    *, flag: Flag, until: datetime.date, reason: str, version: int, by: Post, now: datetime.datetime
) -> Snooze:
    """Put off an open flag until the end of a day, at most 28 days ahead: till then it does not climb.

    Raises Refused when the post neither leads, covers, coordinates nor manages, the day is too far or past, no
    reason is given, or somebody changed the flag since `version`.
    """
    require(permissions.why_not_snooze(by=by, flag=flag, until=until, reason=reason, now=now))
    changed = Flag.objects.filter(pk=flag.pk, version=version).update(snoozed_until=until, version=F("version") + 1)
    require(None if changed else refusals.CHANGED_MEANWHILE)
    snooze = Snooze(
        owner_id=by.agency_id,
        author_id=by.practitioner_id,
        family_id=flag.family_id,
        person_id=flag.person_id,
        about=flag.about,
        hidden_from=flag.hidden_from,
        sent_to_id=None if flag.owner_id == by.agency_id else flag.owner_id,
        happened_on=day_of(now),
        recorded_at=now,
        flag=flag,
        until=until,
        reason=reason,
    )
    snooze.save()
    return snooze


@transaction.atomic
def climb_flag(*, flag: Flag, reason: str, version: int, by: Post, now: datetime.datetime) -> None:
    """Take an open flag to the manager now, without waiting for the set days; the reason stands in the chronology.

    Raises Refused as putting off does, and when it has gone to the manager already.
    """
    require(permissions.why_not_climb(by=by, flag=flag, reason=reason, now=now))
    with connection.cursor() as cursor:
        cursor.execute("select gate.climb_flag(%s, %s, %s)", [flag.pk, version, now])
        (climbed,) = cursor.fetchone()
    require(None if climbed else refusals.CHANGED_MEANWHILE)
    write_event(
        people=flag.about,
        family=flag.family_id,
        kind=Kind.CASE,
        title=f"Taken to the manager: {flag.get_rule_display().lower()}",
        text=reason,
        source=EventSource.CASE,
        source_id=flag.pk,
        by=by,
        now=now,
        sent_to=None if flag.owner_id == by.agency_id else flag.owner_id,
        hidden_from=flag.hidden_from,
    )
