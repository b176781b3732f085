"""Meetings of the team around a family: when, who was asked and came, where, and the minutes."""

from django.db import models

from cases.models.case import Case
from cases.vocabulary import Attendance, MeetingKind, MeetingPart
from sharing_agreements.models import Agency, Practitioner, SharedRecord
from sharing_agreements.vocabulary import Kind, Level


class Meeting(SharedRecord):
    """Headline: time, length and a reference. Nothing here says where."""

    KIND = Kind.REVIEW
    LEVEL = Level.SUMMARY
    LEAD_MAY_UPDATE = True

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="meetings")
    meeting_kind = models.CharField(max_length=14, choices=MeetingKind, default=MeetingKind.TEAM)
    starts_at = models.DateTimeField()
    minutes_long = models.PositiveSmallIntegerField(default=60)
    reference = models.CharField(max_length=20)
    held = models.BooleanField(null=True, help_text="Empty until somebody says whether it took place.")
    decided = models.CharField(
        max_length=500,
        blank=True,
        help_text="What was decided, in words all invited may read.",
    )

    class Meta:
        indexes = [models.Index(fields=["case", "-starts_at"], name="meeting_case")]


class MeetingPlace(SharedRecord):
    """Where a meeting is. A venue can lead to a hidden address, so it is closed like one."""

    KIND = Kind.ADDRESS
    LEVEL = Level.SUMMARY

    meeting = models.OneToOneField(Meeting, on_delete=models.PROTECT, related_name="place")
    venue = models.CharField(max_length=200)


class MeetingMinutes(SharedRecord):
    """What was said, for readers with full rights."""

    KIND = Kind.REVIEW
    LEVEL = Level.FULL
    LEAD_MAY_UPDATE = True

    meeting = models.OneToOneField(Meeting, on_delete=models.PROTECT, related_name="minutes")
    text = models.TextField()


class MeetingInvitation(SharedRecord):
    """One practitioner, or one person of the family, is asked to a meeting; and what they did."""

    KIND = Kind.REVIEW
    LEVEL = Level.SUMMARY
    LEAD_MAY_UPDATE = True

    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="invitations")
    practitioner = models.ForeignKey(Practitioner, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    agency = models.ForeignKey(Agency, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    attendance = models.CharField(max_length=16, choices=Attendance, default=Attendance.INVITED)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="an_invited_practitioner_comes_from_an_agency",
                condition=models.Q(practitioner__isnull=True) | models.Q(agency__isnull=False),
            )
        ]


class MeetingPoint(SharedRecord):
    """One point of a meeting: on its agenda, sent beforehand by who cannot come, said there or decided there.

    The minutes are these rows, so a reader's copy is what row security lets them read: a point about one child goes to
    those who may read of that child, and one that says where somebody can be found has the kind of an address and
    closes with it.
    """

    LEVEL = Level.FULL

    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="points")
    part = models.CharField(max_length=9, choices=MeetingPart)
    text = models.TextField()

    class Meta:
        indexes = [models.Index(fields=["meeting", "recorded_at"], name="point_meeting")]
