"""Handing somebody of the family their copy, and keeping what they say is wrong beside the record."""

import datetime
from collections.abc import Sequence
from uuid import UUID

from django.db import transaction

from cases import permissions, queries, refusals
from cases.actions.recording import BASIS, day_of, owned, sent_like, write_event
from cases.models import Case, FamilyCopy, Objection
from cases.vocabulary import EventSource, HandedBy, Objected
from sharing_agreements.actions.recording import record_sending
from sharing_agreements.models import Post
from sharing_agreements.refusals import require
from sharing_agreements.vocabulary import Kind


@transaction.atomic
def hand_over_copy(
    *,
    case: Case,
    person: UUID,
    lines: Sequence[tuple[str, str]],
    way: HandedBy,
    by: Post,
    now: datetime.datetime,
) -> FamilyCopy:
    """Keep what one person of the family was given, as it was read before. Handing it over is logged as sending.

    Refuses a reader who is not safe to tell, and a copy in which nothing is left.
    """
    require(permissions.why_not_hand_copy(by=by, case=case, person=person, now=now))
    require(None if lines else refusals.NO_WORDS)
    copy = FamilyCopy(
        **owned(by, now, person_id=person, about=[person], **sent_like(case)),
        case=case,
        lines=[list(line) for line in lines],
        way=way,
    )
    copy.save()
    record_sending(
        what="a copy for the family", by=by, record_ids=[copy.pk], family=case.family_id, basis=BASIS, at=now
    )
    return copy


@transaction.atomic
def record_objection(
    *, case: Case, person: UUID, against: Objected, words: str, by: Post, now: datetime.datetime
) -> Objection:
    """Keep what somebody of the family says is wrong, in their own words. Refuses it without words."""
    require(permissions.why_not_work_on(by=by, case=case, today=now))
    require(None if words.strip() else refusals.NO_WORDS)
    require(None if person in queries.people_of(case) else refusals.NOT_IN_CASE)
    row = Objection(
        **owned(by, now, person_id=person, about=[person], **sent_like(case)), case=case, against=against, words=words
    )
    row.save()
    write_event(
        people=[person],
        family=case.family_id,
        kind=Kind.PLAN,
        title=f"Disagrees: {against.label.lower()}",
        text=words,
        source=EventSource.PLAN,
        source_id=row.pk,
        by=by,
        now=now,
        sent_to=case.sent_to_id,
        hidden_from=case.hidden_from,
    )
    return row


@transaction.atomic
def answer_objection(*, objection: Objection, answer: str, by: Post, now: datetime.datetime) -> bool:
    """Say what was answered or put right; the words of the family stay. False when somebody answered meanwhile."""
    require(permissions.why_not_lead_work(by=by, case=objection.case, today=now))
    require(None if answer.strip() else refusals.NO_WORDS)
    rows = Objection.objects.filter(pk=objection.pk, version=objection.version)
    changed = {"answer": answer[:500], "answered_on": day_of(now), "version": objection.version + 1}
    return rows.update(**changed) == 1
