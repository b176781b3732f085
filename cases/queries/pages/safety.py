"""What keeps a family safe, note by note: who wrote it, until when it holds, and what no longer does."""

import datetime
from dataclasses import dataclass

from cases.models import KeepApart, NotSafeToTell, StaffSafetyNote
from cases.queries.pages.family_top import FamilyTop, lifted_markers
from sharing_agreements.part_known import say
from sharing_agreements.vocabulary import Precision

READ = 40
Note = NotSafeToTell | KeepApart | StaffSafetyNote


@dataclass(frozen=True)
class SafetyLine:
    """One note. `screen` is the page that ends it; `ended` says why and since when it holds no longer."""

    row: Note
    word: str
    words: str
    screen: str
    ended: str


def safety_lines(top: FamilyTop, *, today: datetime.date) -> list[SafetyLine]:
    """Every note about the family the reader may see, those that hold first. Two queries."""
    about = {"about__overlap": list(top.anchors)}
    markers = NotSafeToTell.objects.visible().filter(**about).select_related("owner", "lifted")
    pairs = KeepApart.objects.visible().filter(**about).select_related("owner")
    notes = StaffSafetyNote.objects.visible().filter(**about).select_related("owner")
    read = [list(rows.order_by("review_on")[:READ]) for rows in (markers, pairs, notes)]
    lifted = lifted_markers(read[0])
    lines = [_marker(top, row, is_lifted=row.pk in lifted) for row in read[0]]
    lines += [_pair(top, row, today) for row in read[1]]
    lines += [_note(row, today) for row in read[2]]
    return sorted(lines, key=lambda line: bool(line.ended))


def _name(top: FamilyTop, row: Note, field: str = "person_id") -> str:
    person = getattr(row, field)
    return top.known[top.anchors.get(person, person)].name


def _marker(top: FamilyTop, row: NotSafeToTell, *, is_lifted: bool) -> SafetyLine:
    lifted = getattr(row, "lifted", None)
    ended = "Lifted by the hub" if is_lifted else ""
    if lifted:
        ended += f", {say(lifted.happened_on, Precision.DAY)}: {lifted.reason}"
    return SafetyLine(row, "Not safe to tell", f"{_name(top, row)}. {row.reason}", "lift_not_safe_to_tell", ended)


def _pair(top: FamilyTop, row: KeepApart, today: datetime.date) -> SafetyLine:
    words = f"{_name(top, row)} and {_name(top, row, 'from_person_id')}. {row.reason}"
    return SafetyLine(row, "Keep apart", words, "end_keep_apart", _ended(row, today))


def _note(row: StaffSafetyNote, today: datetime.date) -> SafetyLine:
    return SafetyLine(row, "Staff safety", row.what, "end_staff_safety", _ended(row, today))


def _ended(row: KeepApart | StaffSafetyNote, today: datetime.date) -> str:
    if row.ended_on is None or row.ended_on >= today:
        return ""
    return f"Held until {say(row.ended_on, Precision.DAY)}" + (f": {row.ended_because}" if row.ended_because else "")
