"""A report as sent: coded headline, the account, the hub-only box, the places, and one row per child and adult.

Sent rows never change. What is said later is a ReportAddition beside them, so both versions stay readable.
"""

from django.contrib.postgres.fields import ArrayField
from django.db import models

from referrals.rules.report import IMPORTED
from referrals.vocabulary import (
    AdditionKind,
    Agreed,
    Answer,
    ConcernKind,
    Seen,
    Urgency,
)
from sharing_agreements.models import SharedRecord
from sharing_agreements.vocabulary import Kind, Level, Precision


def codes(**more: object) -> ArrayField:
    """A list of codes from the vocabulary."""
    return ArrayField(models.CharField(max_length=40), default=list, blank=True, **more)


class Report(SharedRecord):
    """Headline of a report: what kind, how urgent, when, and what a parent knows. Codes only.

    `about` is every child and adult named, so that a conflict of interest with any of them closes it.
    """

    KIND = Kind.CONCERN
    LEVEL = Level.SUMMARY

    reference = models.CharField(max_length=12, help_text="CN-26-004213; unique by its sequence.")
    draft = models.UUIDField(
        unique=True,
        help_text="The draft it was sent from: sending twice makes one report.",
    )
    concern = models.CharField(max_length=30, choices=ConcernKind)
    tags = codes()
    urgency = models.CharField(
        max_length=10,
        choices=Urgency,
        help_text="The reporter's; the hub's is on the contact.",
    )
    danger = models.CharField(max_length=10, choices=Answer)
    danger_told = models.CharField(max_length=200, blank=True)
    danger_told_at = models.DateTimeField(null=True)
    happened_precision = models.CharField(max_length=10, choices=Precision)
    happened_time = models.TimeField(null=True)
    parent_knows = models.CharField(max_length=10, choices=Answer)
    parent_agreed = models.CharField(max_length=10, choices=Agreed)
    safe_to_tell = models.CharField(max_length=10, choices=Answer)
    child_count = models.PositiveSmallIntegerField()
    under_five = models.BooleanField(default=False, help_text="A child is unborn or under five.")
    sent_at = models.DateTimeField()
    reporter_title = models.CharField(max_length=120, help_text="The reporter's post and agency, as on that day.")
    writer = models.CharField(
        max_length=160,
        blank=True,
        default="",
        help_text="Where a record system sent it: who wrote it there, and how to reach them.",
    )
    verified_email = models.EmailField(
        blank=True,
        default="",
        help_text="Where its reporter has no account: the address a code was sent to (decision 0080).",
    )

    class Meta:
        indexes = [models.Index(fields=["reference"], name="report_reference")]

    def __str__(self) -> str:
        return self.reference

    @property
    def is_imported(self) -> bool:
        """Whether it came from a file of old reports: no contact, no clock, no decision."""
        return self.reference.startswith(IMPORTED)


class ReportDetail(SharedRecord):
    """The account in the reporter's words, and what the family said and was told."""

    KIND = Kind.CONCERN
    LEVEL = Level.FULL

    report = models.OneToOneField(Report, on_delete=models.PROTECT, related_name="detail")
    account = models.TextField(help_text="What was seen and heard.")
    strengths = models.TextField(blank=True)
    asked_for = models.TextField(blank=True, help_text="What the family asked for, in their words.")
    told = models.TextField(blank=True, help_text="What the family was told about this report.")
    not_safe_because = models.TextField(blank=True, help_text="Who must not be told, and why.")
    early_years = codes()
    individual = codes()
    family_factors = codes()
    school_factors = codes()
    community = codes()
    school = models.CharField(max_length=120, blank=True)
    police_reference = models.CharField(max_length=60, blank=True)
    checks = models.JSONField(default=dict, help_text="System looked in -> what it gave.")
    dog_or_weapon = models.CharField(max_length=300, blank=True)
    language = models.CharField(max_length=60, blank=True)
    interpreter = models.BooleanField(default=False)
    more = models.JSONField(
        default=list,
        help_text="[[question, answer]]: what only one kind of agency is asked, in the words it was asked.",
    )


class ReportHubOnly(SharedRecord):
    """Told to the hub alone: no clause can release it. Holds who the informant is."""

    KIND = Kind.HUB_ONLY
    LEVEL = Level.FULL

    report = models.OneToOneField(Report, on_delete=models.PROTECT, related_name="hub_only")
    text = models.TextField(blank=True)
    informant = models.CharField(max_length=300, blank=True)
    family_may_know_informant = models.BooleanField(default=False)
    statements = models.JSONField(default=list, help_text="[{words, basis, told_by}] in order.")
    works_at = models.CharField(
        max_length=120,
        blank=True,
        help_text="Agency of the person the concern is about; every row is hidden from it.",
    )


class ReportPlace(SharedRecord):
    """Where it happened and where one child is now. `about` is every child: one hidden address closes all."""

    KIND = Kind.ADDRESS
    LEVEL = Level.SUMMARY

    report = models.ForeignKey(Report, on_delete=models.PROTECT, related_name="places")
    happened_at = models.CharField(max_length=300)
    now_at = models.CharField(max_length=300)


class ReportedChild(SharedRecord):
    """That this child was in a report, and how the reporter met them. One row per child."""

    KIND = Kind.CONCERN
    LEVEL = Level.SUMMARY

    report = models.ForeignKey(Report, on_delete=models.PROTECT, related_name="children")
    position = models.PositiveSmallIntegerField()
    seen = models.CharField(max_length=20, choices=Seen)
    is_unborn = models.BooleanField(default=False)
    due_on = models.DateField(null=True)

    class Meta:
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["report", "person"], name="a_child_is_in_a_report_once"),
        ]


class ReportedChildDetail(SharedRecord):
    """A child's own words, who was there when they were said, and whether the child may be used by others."""

    KIND = Kind.CONCERN
    LEVEL = Level.FULL

    reported_child = models.OneToOneField(ReportedChild, on_delete=models.PROTECT, related_name="detail")
    words = models.TextField(blank=True)
    said_with = models.CharField(max_length=200, blank=True)
    screening = models.JSONField(
        default=dict, help_text="rules.screening.Screening: result, [question, answer] as asked, when to look again."
    )


class ReportedAdult(SharedRecord):
    """An adult named in a report; their name is an identity record of the reporter's agency."""

    KIND = Kind.CONCERN
    LEVEL = Level.FULL

    report = models.ForeignKey(Report, on_delete=models.PROTECT, related_name="adults")
    position = models.PositiveSmallIntegerField()
    relation = models.CharField(
        max_length=120,
        blank=True,
        help_text="To the children, in the reporter's words.",
    )
    with_child = models.BooleanField(default=False, help_text="Was with a child at the time.")

    class Meta:
        ordering = ["position"]


class ReportAddition(SharedRecord):
    """Something said after sending: more, a correction (what it said, what it should say), an answer."""

    KIND = Kind.CONCERN
    LEVEL = Level.FULL

    report = models.ForeignKey(Report, on_delete=models.PROTECT, related_name="additions")
    what = models.CharField(max_length=20, choices=AdditionKind)
    question = models.ForeignKey(
        "referrals.Question",
        null=True,
        on_delete=models.PROTECT,
        related_name="answers",
        help_text="When it answers.",
    )
    part = models.CharField(
        max_length=120,
        blank=True,
        help_text="The part of the report a correction is about.",
    )
    said_before = models.TextField(blank=True)
    text = models.TextField()

    class Meta:
        ordering = ["recorded_at"]


class WrongChildMark(SharedRecord):
    """The reporter says a reported child is not who they thought. The rows stay; the mark goes with them."""

    KIND = Kind.CONCERN
    LEVEL = Level.SUMMARY

    reported_child = models.OneToOneField(ReportedChild, on_delete=models.PROTECT, related_name="wrong_mark")
