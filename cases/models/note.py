"""Notes of contact with a family, how each child was seen and what they said; supervision and decisions."""

from django.db import models

from cases.models.case import Case
from cases.vocabulary import NoteKind, Seen
from sharing_agreements.models import SharedRecord
from sharing_agreements.vocabulary import Kind, Level


class Note(SharedRecord):
    """Headline of a note: when, what sort, and words its writer approved for the team."""

    KIND = Kind.NOTE
    LEVEL = Level.SUMMARY

    case = models.ForeignKey(Case, null=True, on_delete=models.PROTECT, related_name="notes")
    note_kind = models.CharField(max_length=16, choices=NoteKind)
    headline = models.CharField(max_length=300)
    worry = models.BooleanField(default=False, help_text="Something worries the writer about a child's safety.")
    due_on = models.DateField(null=True, blank=True, help_text="By when what was decided is done.")

    class Meta:
        indexes = [
            models.Index(fields=["case", "-happened_on"], name="note_case"),
            models.Index(fields=["due_on"], name="note_due", condition=models.Q(due_on__isnull=False)),
            models.Index(
                fields=["sent_to_no", "recorded_at"],
                name="note_quick",
                condition=models.Q(note_kind=NoteKind.QUICK),
            ),
        ]


class NoteDetail(SharedRecord):
    """The note in full."""

    KIND = Kind.NOTE
    LEVEL = Level.FULL

    note = models.OneToOneField(Note, on_delete=models.PROTECT, related_name="detail")
    text = models.TextField()


class ChildSeen(SharedRecord):
    """How one child was seen on the day of a note."""

    KIND = Kind.NOTE
    LEVEL = Level.SUMMARY

    note = models.ForeignKey(Note, on_delete=models.PROTECT, related_name="children_seen")
    how = models.CharField(max_length=12, choices=Seen)


class ChildWords(SharedRecord):
    """What one child said, in their own words."""

    KIND = Kind.NOTE
    LEVEL = Level.FULL

    note = models.ForeignKey(Note, on_delete=models.PROTECT, related_name="children_words")
    words = models.TextField()
