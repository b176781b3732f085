"""What supervision and managers decided, with the day by which it is done."""

import datetime
from collections.abc import Iterable, Iterator
from typing import cast
from uuid import UUID

from cases.models import Note
from cases.queries.pages.caseload import OVERSEERS
from cases.queries.pages.desk import Desk, WorkLine, said
from cases.vocabulary import DECIDING_NOTES

READ = 100
THIS_WEEK = datetime.timedelta(days=7)


def decisions_due(cases: Iterable[UUID], *, until: datetime.date) -> list[Note]:
    """The latest supervision or management decision of each case, where its day comes by `until`.

    The next one looks back at it: a later note of either kind takes its place, with a new day or without.
    """
    latest = (
        Note.objects.visible()
        .filter(case__in=list(cases), note_kind__in=list(DECIDING_NOTES))
        .order_by("case_id", "-happened_on", "-recorded_at")
        .distinct("case_id")
    )
    due = [note for note in latest if note.due_on and note.due_on <= until]
    return sorted(due, key=lambda note: (note.due_on, note.pk))[:READ]


def decided(desk: Desk, page: str) -> Iterator[WorkLine]:
    """What supervision or a manager decided for cases of mine, from a week before its day."""
    mine = list(desk.cases) if desk.post.role in OVERSEERS else desk.mine
    for note in decisions_due(mine, until=desk.today + THIS_WEEK):
        why = f"{note.get_note_kind_display()}: {note.headline}, by {said(cast(datetime.date, note.due_on))}"
        late = note.due_on is not None and note.due_on < desk.today
        yield desk.line(cast(UUID, note.case_id), why, "Say what was done", "add_note", colour="red" if late else "")
