"""The hub's side of a report: its own grade, clock, owner and status."""

from django.db import models

from referrals.models.report import Report
from referrals.vocabulary import ContactStatus, ContactStep, Urgency
from sharing_agreements.models import SharedRecord
from sharing_agreements.vocabulary import Kind, Level


class Contact(SharedRecord):
    """One report in the hub's queue. Owned by the hub; made by the job `receive_report`."""

    KIND = Kind.DECISION
    LEVEL = Level.SUMMARY

    report = models.OneToOneField(Report, on_delete=models.PROTECT, related_name="contact")
    danger = models.BooleanField(default=False, help_text="The reporter says a child is in danger now.")
    reported = models.CharField(
        max_length=10,
        choices=Urgency,
        help_text="The reporter's grade; the queue orders by it.",
    )
    status = models.CharField(max_length=20, choices=ContactStatus, default=ContactStatus.RECEIVED)
    grade = models.CharField(
        max_length=10,
        choices=Urgency,
        blank=True,
        help_text="The hub's; empty until graded.",
    )
    provisional = models.BooleanField(default=False, help_text="Red because a watched family has a new report.")
    watched_since = models.DateField(null=True, help_text="A child in it has been kept in touch with since this day.")
    lead_left_out_at = models.DateTimeField(null=True, help_text="The hub does not tell the lead practitioner.")
    looked_at = models.BooleanField(
        default=False,
        help_text="No further action waits for a manager's look: a sample, or somebody restricted.",
    )
    graded_at = models.DateTimeField(null=True)
    graded_by = models.ForeignKey(
        "sharing_agreements.Practitioner",
        null=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    received_at = models.DateTimeField()
    grade_by = models.DateTimeField(null=True)
    due_at = models.DateTimeField(null=True)
    half_at = models.DateTimeField(null=True, help_text="Half of the clock's time has gone, in working time.")
    most_at = models.DateTimeField(null=True, help_text="Four fifths of it have gone.")
    feedback_due_at = models.DateTimeField(help_text="When the reporter must have heard something (D9).")
    claimed_by = models.ForeignKey(
        "sharing_agreements.Practitioner",
        null=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    claimed_at = models.DateTimeField(null=True)
    acknowledged_at = models.DateTimeField(null=True, help_text="Danger or red: somebody has said 'mine'.")
    acknowledged_by = models.ForeignKey(
        "sharing_agreements.Practitioner",
        null=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    waiting_since = models.DateTimeField(null=True, help_text="Waiting for an answer to a question.")
    news_at = models.DateTimeField(
        null=True,
        help_text="The reporter added or corrected something; cleared by reading.",
    )
    chased_at = models.DateTimeField(
        null=True,
        help_text="The reporter asks what became of it; cleared when they are told.",
    )
    decided_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(
                fields=["owner_no", "received_at"],
                name="contact_open_of_hub",
                condition=~models.Q(status=ContactStatus.DECIDED),
            ),
        ]
        constraints = [
            models.CheckConstraint(
                name="contact_graded_at_and_by_together",
                condition=models.Q(graded_at=None, graded_by=None)
                | models.Q(graded_at__isnull=False, graded_by__isnull=False),
            ),
            models.CheckConstraint(
                name="contact_claimed_at_and_by_together",
                condition=models.Q(claimed_at=None, claimed_by=None)
                | models.Q(claimed_at__isnull=False, claimed_by__isnull=False),
            ),
            models.CheckConstraint(
                name="contact_acknowledged_at_and_by_together",
                condition=models.Q(acknowledged_at=None, acknowledged_by=None)
                | models.Q(acknowledged_at__isnull=False, acknowledged_by__isnull=False),
            ),
        ]


class GradeChange(SharedRecord):
    """Each time the hub set or changed its grade, with the reason. Both grades stay readable."""

    KIND = Kind.DECISION
    LEVEL = Level.FULL

    contact = models.ForeignKey(Contact, on_delete=models.PROTECT, related_name="grade_changes")
    before = models.CharField(max_length=10, choices=Urgency, blank=True)
    after = models.CharField(max_length=10, choices=Urgency)
    reason = models.TextField(blank=True)
    changed_at = models.DateTimeField()

    class Meta:
        ordering = ["changed_at"]


class ClockMark(SharedRecord):
    """That a contact's clock passed half, four fifths or all of its time. The job `mark_clocks` makes each once."""

    KIND = Kind.DECISION
    LEVEL = Level.FULL

    contact = models.ForeignKey(Contact, on_delete=models.PROTECT, related_name="clock_marks")
    due_at = models.DateTimeField(help_text="When that clock ended: which of the contact's clocks it was.")
    share = models.PositiveSmallIntegerField(help_text="Percent of the time that had gone: 50, 80 or 100.")
    passed_at = models.DateTimeField(help_text="When it had gone, not when somebody looked.")

    class Meta:
        ordering = ["passed_at"]
        constraints = [
            models.UniqueConstraint(fields=["contact", "due_at", "share"], name="a_clock_is_marked_once"),
            models.CheckConstraint(name="a_mark_is_at_a_share", condition=models.Q(share__in=[50, 80, 100])),
        ]


class ContactEntry(SharedRecord):
    """What was done with a contact and by whom: claimed, handed over, acknowledged, asked about. Never changed."""

    KIND = Kind.DECISION
    LEVEL = Level.FULL

    contact = models.ForeignKey(Contact, on_delete=models.PROTECT, related_name="entries")
    what = models.CharField(max_length=20, choices=ContactStep)
    to = models.ForeignKey(
        "sharing_agreements.Practitioner",
        null=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    text = models.TextField(blank=True)
    at = models.DateTimeField()

    class Meta:
        ordering = ["at"]
        verbose_name_plural = "contact entries"
