"""Notices of domestic abuse to a child's school: what the police owe and write, and one copy per named reader.

Both are the police's own records. Row security lets a copy out to the one key adult it is for, and to them only once
they have read the card (sql/0027, decision 0079); no clause and no emergency opens either.
"""

from django.db import models
from django.db.models import Q

from referrals.models.report import Report
from referrals.vocabulary import NoNotice, NoticePlace, Seen, WasThere
from sharing_agreements.models import Agency, Practitioner, SharedRecord
from sharing_agreements.vocabulary import Kind, Level

SAID: tuple[str, ...] = tuple(
    "child_name child_born police_reference happened_time there place seen seemed words circumstances starts_at".split()
)
"""What a copy says, column by column as the notice has it, beside the day it happened on."""


class NoticeWords(SharedRecord):
    """What a notice says: the child, the police reference, when, whether the child was there, how they were."""

    KIND = Kind.DOMESTIC_ABUSE
    LEVEL = Level.FULL

    child_name = models.CharField(max_length=170)
    child_born = models.CharField(max_length=60, blank=True, help_text="In words, as far as it is known.")
    police_reference = models.CharField(max_length=60, blank=True)
    happened_time = models.TimeField(null=True)
    there = models.CharField(max_length=20, choices=WasThere, blank=True)
    place = models.CharField(max_length=20, choices=NoticePlace, blank=True, help_text="Never an address.")
    seen = models.CharField(max_length=20, choices=Seen, blank=True, help_text="As in the report: alone or with whom.")
    seemed = models.CharField(max_length=300, blank=True, help_text="How the child seemed.")
    words = models.TextField(blank=True, help_text="What the child said, as said.")
    circumstances = models.CharField(max_length=500, blank=True, help_text="Names no adult.")
    starts_at = models.DateTimeField(help_text="When the next school day begins.")
    withdrawn_at = models.DateTimeField(null=True, help_text="Taken back: another child, or another school.")

    class Meta:
        abstract = True


class SchoolNotice(NoticeWords):
    """That the police owe a school a notice about one child of a report, and how far it is. Read by their force."""

    report = models.ForeignKey(Report, on_delete=models.PROTECT, related_name="notices")
    alarm_at = models.DateTimeField(help_text="When it is an alarm that it has reached nobody.")
    school = models.ForeignKey(Agency, null=True, on_delete=models.PROTECT, related_name="+")
    none_because = models.CharField(max_length=20, choices=NoNotice, blank=True)
    none_words = models.CharField(max_length=200, blank=True)
    written_at = models.DateTimeField(null=True)
    written_by = models.ForeignKey(Practitioner, null=True, on_delete=models.PROTECT, related_name="+")
    sent_at = models.DateTimeField(null=True, help_text="When the first briefed key adult had a copy.")
    acknowledged_at = models.DateTimeField(null=True)
    acknowledged_by = models.ForeignKey(Practitioner, null=True, on_delete=models.PROTECT, related_name="+")
    alarmed_at = models.DateTimeField(null=True, help_text="When the job found that it had reached nobody in time.")
    raised_at = models.DateTimeField(null=True, help_text="When the job found it unread as the school day began.")

    class Meta:
        ordering = ["starts_at", "child_name", "id"]
        constraints = [
            models.UniqueConstraint(fields=["report", "person"], name="one_notice_a_child_of_a_report"),
            models.CheckConstraint(
                name="a_written_notice_goes_to_a_school_or_says_why_not",
                condition=Q(written_at=None) | Q(school__isnull=False) | ~Q(none_because=""),
            ),
        ]
        indexes = [
            models.Index(fields=["alarm_at"], name="notice_open", condition=Q(acknowledged_at=None, none_because="")),
        ]


class NoticeCopy(NoticeWords):
    """The copy of one briefed key adult."""

    notice = models.ForeignKey(SchoolNotice, on_delete=models.PROTECT, related_name="copies")
    sent_at = models.DateTimeField()
    acknowledged_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-sent_at", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["notice", "sent_to_practitioner"],
                condition=Q(withdrawn_at=None),
                name="one_copy_of_a_notice_a_reader",
            ),
        ]
