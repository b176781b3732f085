"""Telling practitioners by e-mail that something waits for them in the app: who, when, and what became of the e-mail.

What waits is asked of the database as it is now, not of what happened: an app names a gate function that answers whom
something waits for and since when (`also_ask`). So a look that was missed is made up for by the next one, what was
dealt with meanwhile is told to nobody, and nobody is told twice of one thing.
"""

import datetime
import logging
import secrets
from collections.abc import Iterable
from uuid import UUID, uuid4

from django.conf import settings
from django.db import connection, transaction
from django.utils import timezone

from sharing_agreements import queries
from sharing_agreements.actions import mailing
from sharing_agreements.actions.owing import owe
from sharing_agreements.models import Notification, NotificationChoice, Post, PostCover, Practitioner
from sharing_agreements.queries.notifications import last_told_of, undelivered
from sharing_agreements.rules.mail import Fate, NeverTaken, Waiting, is_due, words
from sharing_agreements.vocabulary import HowOften
from sharing_agreements.working_time import LONDON

TELL = "tell_practitioners"
SEND = "send_notification"
FOLLOW = "follow_notifications"
_LETTERS = "ACDEFHJKMNPRTUVWXY347"
"""No letter or digit of a reference is taken for another on the telephone."""
_ASK_AFTER_FOR = datetime.timedelta(days=4)
"""GOV.UK Notify settles an e-mail within three days."""
_ASK_AT_MOST = 200

_sources: list[str] = ["gate.waiting_at_agencies"]
logger = logging.getLogger(__name__)


def also_ask(function: str) -> None:
    """Name a gate function of an app: (day) -> practitioner id, since when, whether it is urgent."""
    if function not in _sources:
        _sources.append(function)


def what_waits(day: datetime.date) -> dict[UUID, Waiting]:
    """For whom something waits, and since when the newest has; while somebody is away, for whoever covers. Run as the
    job that tells."""
    found: dict[UUID, Waiting] = {}
    with connection.cursor() as cursor:
        for source in _sources:
            cursor.execute(f"select practitioner, newest, newest_urgent from {source}(%s)", [day])  # noqa: S608  our own
            for who, newest, urgent in cursor.fetchall():
                before = found.get(who, Waiting())
                found[who] = _together(before, Waiting(newest, urgent))
    for cover in PostCover.objects.filter(ended_at=None, starts_on__lte=day, ends_on__gte=day).select_related("post"):
        if waiting := found.pop(cover.post.practitioner_id, None):
            found[cover.practitioner_id] = _together(found.get(cover.practitioner_id, Waiting()), waiting)
    return found


def _together(one: Waiting, other: Waiting) -> Waiting:
    return Waiting(_later(one.newest, other.newest), _later(one.newest_urgent, other.newest_urgent))


def _later(one: datetime.datetime | None, other: datetime.datetime | None) -> datetime.datetime | None:
    return max((moment for moment in (one, other) if moment), default=None)


def tell_practitioners(*, now: datetime.datetime) -> int:
    """The job: make an e-mail for everybody who is to be told now, and owe its sending. Answers how many.

    Where the service can send none, none is made: nothing piles up for the day somebody sets up a mail server.
    """
    if not mailing.sends_mail():
        return 0
    day = now.astimezone(LONDON).date()
    waiting = what_waits(day)
    who_chose = NotificationChoice.objects.filter(practitioner__in=waiting)
    choices: dict[UUID, str] = dict(who_chose.values_list("practitioner_id", "how_often"))
    told = last_told_of(waiting)
    is_working = queries.calendar().is_working_day(day)
    urgent = {
        who: one.newest_urgent is not None and (who not in told or one.newest_urgent > told[who])
        for who, one in waiting.items()
        if is_due(
            waiting=one,
            how_often=HowOften(choices.get(who, HowOften.DAILY)),
            last_told=told.get(who),
            now=now,
            is_working_day=is_working,
        )
    }
    held = Post.objects.held_on(day).values("practitioner_id")  # who holds no post any more reads nothing here
    made = [
        _made(who.pk, who.email, urgent=urgent[who.pk], now=now)
        for who in Practitioner.objects.filter(pk__in=urgent, is_active=True)
        .filter(pk__in=held)
        .exclude(email="")
        .order_by("no")
    ]
    Notification.objects.bulk_create(made)
    _owe_sending(one.pk for one in made)
    return len(made)


def _made(practitioner: UUID, address: str, *, urgent: bool, now: datetime.datetime) -> Notification:
    return Notification(
        practitioner_id=practitioner, address=address, urgent=urgent, reference=_new_reference(), made_at=now
    )


def _new_reference() -> str:
    """Eight letters drawn by lot: made from nothing, so they tell nothing."""
    return "".join(secrets.choice(_LETTERS) for _ in range(8))


def _owe_sending(made: Iterable[UUID]) -> None:
    for one in made:
        owe(job=SEND, key=f"{SEND}:{one}", payload={"notification": one})


def send_notification(*, notification: UUID, now: datetime.datetime) -> None:
    """The job: hand one e-mail to the carrier. What the carrier may take later is tried again by the owed job, eight
    times with growing waits; an address it never takes is kept as returned. Nothing goes to who has left."""
    one = Notification.objects.select_related("practitioner").get(pk=notification)
    if one.sent_at or one.settled_at or not one.practitioner.is_active:
        return
    mail = words(to=one.address, site=settings.SITE_ADDRESS, reference=one.reference, urgent=one.urgent)
    try:
        theirs = mailing.carrier().send(mail)
    except NeverTaken:
        Notification.objects.filter(pk=one.pk).update(returned_at=now)
        logger.warning("notification_refused")
    else:
        Notification.objects.filter(pk=one.pk).update(sent_at=now, theirs=theirs)


def follow_notifications(*, now: datetime.datetime) -> None:
    """The job: ask the carrier what became of e-mails it has taken, for as long as it may still say."""
    carrier = mailing.carrier()
    asked = Notification.objects.filter(
        delivered_at=None, returned_at=None, sent_at__gt=now - _ASK_AFTER_FOR, sent_at__lte=now
    ).exclude(theirs="")
    for one in asked.order_by("sent_at")[:_ASK_AT_MOST]:
        fate = carrier.fate(one.theirs)
        if fate == Fate.DELIVERED:
            Notification.objects.filter(pk=one.pk).update(delivered_at=now)
        elif fate == Fate.RETURNED:
            Notification.objects.filter(pk=one.pk).update(returned_at=now)


@transaction.atomic
def choose_how_often(*, how_often: HowOften, by: Post) -> None:
    """Say how often one wants to be told. Everybody for themselves alone."""
    NotificationChoice.objects.update_or_create(practitioner_id=by.practitioner_id, defaults={"how_often": how_often})


@transaction.atomic
def send_again(*, notification: UUID) -> bool:
    """An administrator sends another in the place of one that did not arrive, to the address of today.

    False when there is none such any more, or the post may not.
    """
    if notification not in {one.id for one in undelivered(now=timezone.now())}:
        return False
    another = uuid4()
    with connection.cursor() as cursor:
        cursor.execute("select gate.send_again(%s, %s, %s)", [notification, another, _new_reference()])
        is_made: bool = cursor.fetchone()[0]
    if is_made:
        _owe_sending([another])
    return is_made
