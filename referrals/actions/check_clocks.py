"""What a new grade, the family's no and time itself do to questions that agencies have not answered yet."""

import datetime
from dataclasses import dataclass

from django.db.models import Exists, F, OuterRef, QuerySet, Value
from django.db.models.functions import Coalesce, Least

from referrals.models import AgencyCheck, Contact
from referrals.queries.checks import HAS_ANSWER
from referrals.rules import clocks
from referrals.vocabulary import ContactStatus, Urgency
from sharing_agreements import queries

JOB = "notice_late_checks"


def unanswered(checks: QuerySet[AgencyCheck]) -> QuerySet[AgencyCheck]:
    """Of these, the ones that still wait for an answer."""
    waiting: QuerySet[AgencyCheck] = checks.filter(~HAS_ANSWER, withdrawn_at=None)
    return waiting


def take_back_unanswered(*, contact: Contact, now: datetime.datetime) -> int:
    """The hub no longer asks: the agencies read that they need not answer. Answers how many."""
    waiting = unanswered(AgencyCheck.objects.filter(contact_id=contact.pk))
    return waiting.update(withdrawn_at=now, version=F("version") + 1)


def follow_grade(*, contact: Contact, urgency: Urgency, now: datetime.datetime) -> None:
    """Blue takes back what nobody answered; a more urgent grade leaves less time, a less urgent one takes none away.

    Time counts from the new grade and is never longer than it was.
    """
    if urgency is Urgency.BLUE:
        take_back_unanswered(contact=contact, now=now)
        return
    calendar = queries.calendar()
    lower = [one for one in Urgency if one is not urgency and clocks.is_raise(one, urgency)]
    unanswered(AgencyCheck.objects.filter(contact_id=contact.pk, urgency__in=lower)).update(
        urgency=urgency,
        due_at=Least(F("due_at"), clocks.check_due(urgency, now, calendar)),
        climbs_at=Least(F("climbs_at"), clocks.check_climbs(urgency, now, calendar)),
        version=F("version") + 1,
    )


@dataclass(frozen=True)
class Noticed:
    """What one look changed: checks found late, and checks whose agency's manager was told."""

    late: int
    climbed: int


def notice_late_checks(*, now: datetime.datetime) -> Noticed:
    """Mark checks whose answer is due, and those that go on to the agency's manager; once each (J2).

    Due times were laid in working time when the question was asked, so nothing here counts hours. A contact that is
    decided chases nobody. Needs the principal `notice_late_checks` (or maintenance).
    """
    undecided = Contact.objects.filter(pk=OuterRef("contact_id")).exclude(status=ContactStatus.DECIDED)
    waiting = unanswered(AgencyCheck.objects.filter(Exists(undecided), climbed_at=None))
    first_noticed = Coalesce(F("late_at"), Value(now))
    climbed = waiting.filter(climbs_at__lt=now).update(climbed_at=now, late_at=first_noticed, version=F("version") + 1)
    late = waiting.filter(late_at=None, due_at__lt=now).update(late_at=now, version=F("version") + 1)
    return Noticed(late, climbed)
