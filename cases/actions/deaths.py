"""Somebody of the family has died, or a pregnancy ended: one word stops every prompt, letter and notice about them."""

import datetime
from uuid import UUID

from django.db import transaction

from cases import permissions, refusals, signals
from cases.actions.moving import gate
from cases.actions.recording import day_of, owned, sent_like, write_event
from cases.models import Case
from cases.vocabulary import EventSource, WatchAnswer
from sharing_agreements.models import Identity, Post
from sharing_agreements.queries import identities_of
from sharing_agreements.refusals import Refused, require
from sharing_agreements.vocabulary import Kind


@transaction.atomic
def record_end_of_life(*, person: UUID, case: Case, on: datetime.date, by: Post, now: datetime.datetime) -> Identity:
    """Say that somebody has died; of a child not born yet, that the pregnancy ended.

    In this transaction keeping in touch ends, flags about them clear, the hub's words to the lead and notices to a
    school are taken back; no job raises, prompts or sends anything about them from now on (users 2.24). The case itself
    is closed by people, when they are ready. What other agencies said stays as they said it; this account is shown
    before it. Refused to whoever does not work with the family, of somebody already said to have died, of nobody one
    may name, and for a day that has not come.
    """
    require(permissions.why_not_work_on(by=by, case=case, today=now))
    known = identities_of([person], for_post=by).get(person)
    if known is None or known.has_died:
        raise Refused(refusals.NOT_LIVING)
    if on > day_of(now):
        raise Refused(refusals.NOT_BORN_YET)
    account = Identity.objects.create(
        **owned(by, now, person_id=person, **sent_like(case)),
        given_name=known.given_name,
        family_name=known.family_name,
        known_as=known.known_as,
        born_on=known.born_on,
        born_precision=known.born_precision,
        sex=known.sex,
        is_unborn=known.is_unborn,
        is_child=known.is_child,
        has_died=True,
    )
    answer = WatchAnswer.PREGNANCY_ENDED if known.is_unborn else WatchAnswer.DIED
    gate("select gate.stop_prompts(%s, %s, %s)", [person, answer, now])
    signals.life_ended.send(Identity, person=person, by=by, now=now)
    write_event(
        people=[person],
        family=case.family_id,
        kind=Kind.IDENTITY,
        title="The pregnancy ended" if known.is_unborn else "Has died",
        source=EventSource.PEOPLE,
        source_id=account.pk,
        by=by,
        now=now,
        happened_on=on,
        significant=True,
        sent_to=case.sent_to_id,
        hidden_from=case.hidden_from,
    )
    return account
