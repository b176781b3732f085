"""What the hub does about a flag of its own: put it off, leave a lead out, say that the lead was rung."""

import datetime

from django.db import transaction
from django.db.models import F

from referrals import refusals
from referrals.actions.triaging import enter
from referrals.actions.watching import owe_watch
from referrals.models import Contact, HubFlag, HubFlagSnooze, HubThreshold
from referrals.permissions import flags as permissions
from referrals.vocabulary import ContactStep, HubRule
from sharing_agreements.models import Post
from sharing_agreements.refusals import require
from sharing_agreements.working_time import LONDON

Numbers = tuple[bool, int, int, int]
"""On or off, how many times, days, working days until it climbs."""


@transaction.atomic
def put_off_flag(
    *, flag: HubFlag, until: datetime.date, reason: str, version: int, by: Post, now: datetime.datetime
) -> HubFlagSnooze:
    """Put off an open flag until the end of a day, at most 28 days ahead. Refused without a reason or when stale."""
    today = now.astimezone(LONDON).date()
    require(permissions.why_not_put_off(flag=flag, until=until, reason=reason, by=by, today=today))
    changed = HubFlag.objects.filter(pk=flag.pk, version=version).update(snoozed_until=until, version=F("version") + 1)
    require(None if changed else refusals.FLAG_CHANGED)
    return HubFlagSnooze.objects.create(
        owner_id=by.agency_id,
        author_id=by.practitioner_id,
        about=flag.about,
        hidden_from=flag.hidden_from,
        happened_on=today,
        recorded_at=now,
        flag=flag,
        until=until,
        reason=reason,
    )


@transaction.atomic
def leave_lead_out(*, contact: Contact, by: Post, now: datetime.datetime) -> None:
    """Do not tell the lead of this report; a word already on their list is taken back by the sweep this owes."""
    require(permissions.why_not_leave_out(contact=contact, by=by))
    won = Contact.objects.filter(pk=contact.pk, lead_left_out_at=None).update(
        lead_left_out_at=now, version=F("version") + 1
    )
    require(None if won else refusals.LEFT_OUT_ALREADY)
    enter(contact, ContactStep.LEFT_OUT, by, now)
    owe_watch(contact=contact.pk, because="left_out", at=now)


@transaction.atomic
def say_lead_rung(*, contact: Contact, by: Post, now: datetime.datetime) -> None:
    """The hub spoke to the lead. Clears what asks for it."""
    require(permissions.why_not_say_rung(contact=contact, by=by))
    enter(contact, ContactStep.RANG_LEAD, by, now)
    owe_watch(contact=contact.pk, because="rang", at=now)


@transaction.atomic
def set_threshold(
    *, rule: HubRule, seen: Numbers, is_on: bool, times: int, days: int, climbs_after: int, by: Post
) -> None:
    """Set the numbers of one rule. `seen` is what the page showed: refused when somebody set others meanwhile.

    The watch counts with them from its next look: when a report comes in, or in the night.
    """
    require(permissions.why_not_set_threshold(by=by))
    was = dict(zip(("is_on", "times", "days", "climbs_after"), seen, strict=True))
    rows = HubThreshold.objects.filter(pk=rule, **was)
    changed = rows.update(is_on=is_on, times=times, days=days, climbs_after=climbs_after)
    require(None if changed else refusals.NUMBERS_CHANGED)
