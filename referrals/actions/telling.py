"""Tells whoever reported a child what came of early help after the decision: that the family did not take it up.

The verb that declines belongs to `cases`, whose people may not know that there was a report. So the verb only owes
the job, and the worker finds whom to tell. Nothing of why they declined goes with it.
"""

import datetime
from collections.abc import Iterable
from uuid import UUID

from django.db import transaction

from cases.models import CaseMove, ChildInCase
from cases.vocabulary import CaseState
from referrals.actions.triaging import BASIS
from referrals.models import Feedback
from referrals.rules.feedback import LATER_WORDS
from referrals.vocabulary import Later, Outcome
from sharing_agreements.actions.owing import owe
from sharing_agreements.actions.recording import record_sending
from sharing_agreements.queries import same_people
from sharing_agreements.working_time import LONDON

JOB = "tell_not_taken_up"


def owe_telling(*, children: Iterable[ChildInCase], at: datetime.datetime) -> None:
    """Owe one telling for each of these children, whose family said no at `at`. Owing it again changes nothing."""
    for child in children:
        owe(job=JOB, key=f"{JOB}:{child.pk}:{at.isoformat()}", payload={"child": child.pk, "at": at.isoformat()})


@transaction.atomic
def tell_not_taken_up(*, child: UUID, at: datetime.datetime, now: datetime.datetime) -> list[Feedback]:
    """Tell every reporter who was told that early help is right for this child; who was told already is left out.

    Needs the principal `tell_not_taken_up`. `at` is when the family said no. Gives what was written, oldest first.
    """
    place = ChildInCase.objects.get(pk=child)
    return [_tell(earlier, now) for earlier in _promised(place, at)]


def _promised(place: ChildInCase, at: datetime.datetime) -> list[Feedback]:
    """What reporters read about the offer that ended at `at`: since the child was last offered help in this case."""
    offers = CaseMove.objects.filter(child=place, to_state=CaseState.OFFERED, at__lte=at).order_by("-at")
    since = offers.values_list("at", flat=True).first() or place.recorded_at
    promised = Feedback.objects.filter(
        outcome=Outcome.EARLY_HELP,
        person_id__in=list(same_people([place.whom])),
        recorded_at__gte=since,
        recorded_at__lte=at,
        reported_child__wrong_mark__isnull=True,
        reported_child__decisions__case_id=place.case_id,
        reported_child__decisions__returned=False,
    )
    told = Feedback.objects.filter(outcome=Later.NOT_TAKEN_UP, recorded_at__gte=at)
    return list(promised.exclude(reported_child__in=told.values("reported_child")).order_by("recorded_at", "id"))


def _tell(earlier: Feedback, now: datetime.datetime) -> Feedback:
    """The stock words, from the hub that promised, to the reporter it promised to, about this child alone."""
    told: Feedback = Feedback.objects.create(
        owner_id=earlier.owner_id,
        person_id=earlier.person_id,
        hidden_from=earlier.hidden_from,
        happened_on=now.astimezone(LONDON).date(),
        recorded_at=now,
        sent_to_id=earlier.sent_to_id,
        sent_to_practitioner_id=earlier.sent_to_practitioner_id,
        report_id=earlier.report_id,
        reported_child_id=earlier.reported_child_id,
        outcome=Later.NOT_TAKEN_UP,
        text=LATER_WORDS[Later.NOT_TAKEN_UP],
    )
    record_sending(what="feedback sent to reporter", by=None, record_ids=[told.pk], basis=BASIS, at=now)
    return told
