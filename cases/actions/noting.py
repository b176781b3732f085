"""Writing a note: a headline for the team, the text in full, and how each child was seen and what they said."""

import datetime
from collections.abc import Mapping
from uuid import UUID

from django.db import transaction

from cases import permissions, refusals, signals
from cases.actions.recording import BASIS, owned, sent_like, write_event
from cases.models import Case, ChildSeen, ChildWords, Note, NoteDetail
from cases.queries.quick_notes import WhoHears
from cases.vocabulary import EventSource, NoteKind, Seen
from sharing_agreements.actions.recording import record_sending
from sharing_agreements.models import Post
from sharing_agreements.refusals import require
from sharing_agreements.vocabulary import Kind


@transaction.atomic
def write_note(
    *,
    case: Case,
    people: list[UUID],
    note_kind: NoteKind,
    headline: str,
    happened_on: datetime.date,
    by: Post,
    now: datetime.datetime,
    text: str = "",
    seen: Mapping[UUID, Seen] | None = None,
    words: Mapping[UUID, str] | None = None,
    worry: bool = False,
    due_on: datetime.date | None = None,
) -> Note:
    """Write a note about these people. `headline` is words for the team, `text` for readers with full rights.

    `seen` and `words` are per child and kept as rows of that child alone. `worry` signals `worry_noted`: the door
    takes the writer on to a report with nothing retyped.
    """
    require(permissions.why_not_work_on(by=by, case=case, today=now))
    require(None if people else refusals.NO_CHILDREN)
    require(None if headline.strip() else refusals.NO_REASON)
    columns = owned(by, now, about=sorted(people), person_id=_only(people), **sent_like(case))
    columns["happened_on"] = happened_on
    note = Note(**columns, case=case, note_kind=note_kind, headline=headline[:300], worry=worry, due_on=due_on)
    note.save()
    if text.strip():
        NoteDetail(**columns, note=note, text=text).save()
    for child, how in (seen or {}).items():
        ChildSeen(**columns | {"about": [child], "person_id": child}, note=note, how=how).save()
    for child, said in (words or {}).items():
        if said.strip():
            ChildWords(**columns | {"about": [child], "person_id": child}, note=note, words=said).save()
    write_event(
        people=people,
        family=case.family_id,
        kind=Kind.NOTE,
        title=f"{note_kind.label}: {headline}",
        text=text,
        source=EventSource.NOTE,
        source_id=note.pk,
        by=by,
        now=now,
        happened_on=happened_on,
        significant=worry,
        sent_to=case.sent_to_id,
        hidden_from=case.hidden_from,
    )
    if worry:
        signals.worry_noted.send(Note, note=note, by=by, now=now)
    return note


@transaction.atomic
def write_quick_note(*, hears: WhoHears, people: list[UUID], text: str, by: Post, now: datetime.datetime) -> Note:
    """Two lines about a known family, of the writer's agency, sent to whoever leads or covers today.

    For what does not worry the writer: it raises nothing and starts no clock. That the writer may know of the case
    is what `hears` says (cases.queries.quick_notes). Refused without words or without a child.
    """
    require(None if people else refusals.NO_CHILDREN)
    require(None if text.strip() else refusals.NO_REASON)
    told = hears.told.pk if hears.told else None
    columns = owned(by, now, about=sorted(people), person_id=_only(people), family_id=hears.family)
    columns |= {"sent_to_id": hears.agency.pk, "sent_to_practitioner_id": told, "hidden_from": list(hears.hidden_from)}
    note = Note(**columns, case_id=hears.case, note_kind=NoteKind.QUICK, headline=text.strip()[:300])
    note.save()
    write_event(
        people=people,
        family=hears.family,
        kind=Kind.NOTE,
        title=f"{NoteKind.QUICK.label}: {note.headline}",
        source=EventSource.NOTE,
        source_id=note.pk,
        by=by,
        now=now,
        sent_to=hears.agency,
        sent_to_practitioner=told,
        hidden_from=hears.hidden_from,
    )
    record_sending(what="quick note to the lead", by=by, record_ids=[note.pk], family=hears.family, basis=BASIS, at=now)
    return note


def _only(people: list[UUID]) -> UUID | None:
    return people[0] if len(people) == 1 else None
