"""Put a flag off for a while, with a reason. It stays on the case; it neither climbs nor leads the list till then."""

import datetime

from django.db import transaction
from django.db.models import F

from cases import permissions, refusals
from cases.actions.recording import day_of
from cases.models import Flag, Snooze
from sharing_agreements.models import Post
from sharing_agreements.refusals import require


@transaction.atomic
def snooze_flag(
    *, flag: Flag, until: datetime.date, reason: str, version: int, by: Post, now: datetime.datetime
) -> Snooze:
    """Put off an open flag until the end of a day, at most 28 days ahead.

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
