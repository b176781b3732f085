"""A child who was expected is born: the same person, with a name and a day."""

import datetime
from uuid import UUID

from django.db import transaction

from cases import permissions, refusals
from cases.actions.people import add_member
from cases.actions.recording import day_of, owned, sent_like, write_event
from cases.models import Case
from cases.vocabulary import EventSource, FamilyPart
from sharing_agreements.models import Identity, Post
from sharing_agreements.queries import identities_of
from sharing_agreements.refusals import Refused, require
from sharing_agreements.vocabulary import Kind, Precision


@transaction.atomic
def record_birth(
    *,
    person: UUID,
    case: Case,
    born_on: datetime.date,
    by: Post,
    now: datetime.datetime,
    given_name: str = "",
    family_name: str = "",
    sex: str = "U",
) -> Identity:
    """Say that an unborn child of the family was born. Nothing is begun again: everything recorded stays theirs.

    What other agencies said of the unborn child stays as they said it; this account is shown before it. Refused to
    whoever does not work with the family, of a child already born, and for a day that has not come.
    """
    require(permissions.why_not_work_on(by=by, case=case, today=now))
    known = identities_of([person], for_post=by).get(person)
    if known is None or not known.is_unborn:
        raise Refused(refusals.NOT_UNBORN)
    if born_on > day_of(now):
        raise Refused(refusals.NOT_BORN_YET)
    account = Identity.objects.create(
        **owned(by, now, person_id=person, **sent_like(case)),
        given_name=given_name,
        family_name=family_name or known.family_name,
        born_on=born_on,
        born_precision=Precision.DAY,
        sex=sex,
    )
    if case.family_id:
        add_member(family=case.family_id, person=person, part=FamilyPart.CHILD, by=by, now=now)
    write_event(
        people=[person],
        family=case.family_id,
        kind=Kind.IDENTITY,
        title="Born",
        source=EventSource.PEOPLE,
        source_id=account.pk,
        by=by,
        now=now,
        happened_on=born_on,
        significant=True,
        sent_to=case.sent_to_id,
        hidden_from=case.hidden_from,
    )
    return account
