"""The hub's queue in its order, a page at a time. The order is referrals.rules.queue; SQL computes the same."""

import datetime
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Case, DateTimeField, F, IntegerField, Q, QuerySet, Value, When

from referrals.models import Contact, QueueFilter
from referrals.rules.queue import Band, Wanted
from referrals.vocabulary import ContactStatus, QueueGrade, QueueWhose, Urgency
from sharing_agreements.models import Post

PAGE = 25
RED = Q(danger=True) | Q(reported=Urgency.RED) | Q(grade=Urgency.RED)
EVERYTHING = Wanted()


@dataclass(frozen=True)
class Place:
    """Where a page of the queue begins: after this contact, in the order of one moment."""

    at: datetime.datetime
    band: int
    moment: datetime.datetime
    contact: UUID


def undecided(post: Post) -> QuerySet[Contact]:
    """Contacts of this hub that still want something, in one small index."""
    mine: QuerySet[Contact] = Contact.objects.visible().filter(owner_no=post.agency.no)
    return mine.exclude(status=ContactStatus.DECIDED)


def wanted_by(post: Post) -> Wanted:
    """What this practitioner last said they want to see; everything while they said nothing."""
    kept = QueueFilter.objects.filter(practitioner_id=post.practitioner_id).first()
    if kept is None:
        return EVERYTHING
    return Wanted(
        QueueWhose(kept.whose) if kept.whose else None,
        QueueGrade(kept.grade) if kept.grade else None,
    )


def shown(contacts: QuerySet[Contact], wanted: Wanted, post: Post) -> QuerySet[Contact]:
    """Those a wish leaves on the page, as referrals.rules.queue.is_shown says it."""
    fits = Q()
    if wanted.whose is QueueWhose.MINE:
        fits &= Q(claimed_by=post.practitioner_id)
    if wanted.whose is QueueWhose.NOBODYS:
        fits &= Q(claimed_by=None)
    if wanted.grade:
        fits &= Q(grade="" if wanted.grade is QueueGrade.UNGRADED else wanted.grade)
    return contacts if wanted.is_everything else contacts.filter(fits | (Q(acknowledged_at=None) & RED))


def in_order(contacts: QuerySet[Contact], now: datetime.datetime) -> QuerySet[Contact]:
    """With `band` and `moment`, sorted: whoever comes first is looked at first."""
    asked = Q(status=ContactStatus.WAITING)
    band = Case(
        When(Q(acknowledged_at=None) & RED, then=Value(Band.ALARM)),
        When(due_at__lt=now, then=Value(Band.OVERDUE)),
        When(provisional=True, then=Value(Band.PROVISIONAL)),
        When(grade="", then=Value(Band.UNGRADED)),
        When(asked, then=Value(Band.WAITING)),
        When(grade=Urgency.RED, then=Value(Band.RED)),
        When(grade=Urgency.AMBER, then=Value(Band.AMBER)),
        When(grade=Urgency.GREEN, then=Value(Band.GREEN)),
        default=Value(Band.BLUE),
        output_field=IntegerField(),
    )
    by_age = Q(due_at=None) | Q(band__in=[Band.ALARM, Band.UNGRADED, Band.BLUE])
    moment = Case(When(by_age, then=F("received_at")), default=F("due_at"), output_field=DateTimeField())
    return contacts.annotate(band=band).annotate(moment=moment).order_by("band", "moment", "pk")


def page_of_queue(
    post: Post, now: datetime.datetime, after: Place | None, wanted: Wanted = EVERYTHING
) -> tuple[list[Contact], Place | None]:
    """At most 25 contacts with their reports, and where the next page begins (None at the end).

    A later page keeps the moment of the first, so that time passing between pages neither skips nor repeats.
    """
    at = after.at if after else now
    rows = in_order(shown(undecided(post), wanted, post), at).select_related(
        "report", "report__owner", "report__author", "claimed_by"
    )
    if after:
        rows = rows.filter(
            Q(band__gt=after.band)
            | Q(band=after.band, moment__gt=after.moment)
            | Q(band=after.band, moment=after.moment, pk__gt=after.contact)
        )
    found = list(rows[: PAGE + 1])
    if len(found) <= PAGE:
        return found, None
    last: Any = found[PAGE - 1]  # band and moment are annotations
    return found[:PAGE], Place(at, last.band, last.moment, last.pk)


def count_arrived(post: Post, since: datetime.datetime) -> int:
    """Contacts that came, or got something new, after the page was opened."""
    return undecided(post).filter(Q(recorded_at__gt=since) | Q(news_at__gt=since)).count()
