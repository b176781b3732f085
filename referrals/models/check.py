"""Asking other agencies about named people of a contact, and what each of them answers.

The question is the hub's record, sent to the agency it asks. The answer is a record of the agency that gives it, sent
to the hub, and stays in the room: whatever agreements say, nobody else reads it until its owner shares that answer
(sql/0009, decision 0067).
"""

from django.db import models

from cases.vocabulary import ConsentState
from referrals.models.contact import Contact
from referrals.vocabulary import AgencyAnswer, Handling, LawfulBasis, LooksBack, Urgency
from sharing_agreements.models import SharedRecord
from sharing_agreements.vocabulary import Kind, Level


class ChecksOpening(SharedRecord):
    """What the family said about asking other agencies, or why a named decider goes on without. The latest counts."""

    KIND = Kind.DECISION
    LEVEL = Level.FULL

    contact = models.ForeignKey(Contact, on_delete=models.PROTECT, related_name="openings")
    state = models.CharField(max_length=20, choices=ConsentState)
    said_by = models.CharField(max_length=120, blank=True, help_text="Who was asked, and how.")
    reason = models.CharField(max_length=300, blank=True)
    lawful_basis = models.CharField(max_length=200, choices=LawfulBasis, blank=True)
    at = models.DateTimeField()

    class Meta:
        ordering = ["at"]
        constraints = [
            models.CheckConstraint(
                name="going_on_without_the_family_has_a_reason_and_a_basis",
                condition=~models.Q(state__in=[ConsentState.NOT_ASKED, ConsentState.OVERRIDDEN])
                | (~models.Q(reason="") & ~models.Q(lawful_basis="")),
            ),
        ]


class AgencyCheck(SharedRecord):
    """One agency is asked about named people: a question and a period. `about` is the people named, nobody else.

    The hub's columns after the question say what it did since; whether there is an answer is said by CheckAnswer.
    """

    KIND = Kind.DECISION
    LEVEL = Level.FULL

    contact = models.ForeignKey(Contact, on_delete=models.PROTECT, related_name="checks")
    reference = models.CharField(max_length=12, help_text="The report's, to say on the telephone.")
    named = models.JSONField(default=list, help_text="[{name, born}] as the agency needs to find them; no address.")
    question = models.TextField()
    adult_reason = models.CharField(max_length=300, blank=True, help_text="Why an adult's health record is asked for.")
    looks_back = models.PositiveSmallIntegerField(choices=LooksBack)
    urgency = models.CharField(max_length=10, choices=Urgency, help_text="The hub's grade when it asked.")
    asked_at = models.DateTimeField()
    due_at = models.DateTimeField()
    climbs_at = models.DateTimeField(help_text="When it goes on to the agency's manager by itself.")
    late_at = models.DateTimeField(null=True, help_text="When the job noticed that no answer had come.")
    chased_at = models.DateTimeField(null=True)
    climbed_at = models.DateTimeField(null=True, help_text="When the agency's manager was told.")
    withdrawn_at = models.DateTimeField(null=True, help_text="The hub no longer asks.")

    class Meta:
        ordering = ["asked_at", "id"]
        indexes = [
            models.Index(fields=["contact"], name="check_of_contact"),
            models.Index(
                fields=["due_at"],
                name="check_running",
                condition=models.Q(withdrawn_at__isnull=True, climbed_at__isnull=True),
            ),
        ]
        constraints = [
            models.CheckConstraint(
                name="nobody_is_asked_about_blue", condition=~models.Q(urgency=Urgency.BLUE) & ~models.Q(urgency="")
            ),
        ]


class CheckAnswer(SharedRecord):
    """What an agency answers: how it knows them, and a headline. The latest counts; earlier ones stay readable.

    `kind` is what the agency holds (health, education and so on), or correspondence when it holds nothing.
    """

    LEVEL = Level.SUMMARY

    check_asked = models.ForeignKey(AgencyCheck, on_delete=models.PROTECT, related_name="answers")
    answer = models.CharField(max_length=20, choices=AgencyAnswer)
    headline = models.CharField(max_length=200, blank=True)
    answered_at = models.DateTimeField()

    class Meta:
        ordering = ["answered_at", "id"]
        constraints = [
            models.CheckConstraint(
                name="only_what_is_known_has_a_headline",
                condition=(models.Q(answer=AgencyAnswer.KNOWN) & ~models.Q(headline=""))
                | (~models.Q(answer=AgencyAnswer.KNOWN) & models.Q(headline="")),
            ),
        ]


class CheckAnswerDetail(SharedRecord):
    """The whole answer, and how the hub may use it."""

    LEVEL = Level.FULL

    check_answer = models.OneToOneField(CheckAnswer, on_delete=models.PROTECT, related_name="detail")
    detail = models.TextField(blank=True)
    handling = models.CharField(max_length=20, choices=Handling)
    conditions = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="handling_under_conditions_says_them",
                condition=models.Q(handling=Handling.PERMITTED) | ~models.Q(conditions=""),
            ),
        ]


class CheckAnswerHubOnly(SharedRecord):
    """What an agency tells the hub alone: nothing can release it."""

    KIND = Kind.HUB_ONLY
    LEVEL = Level.FULL

    check_answer = models.OneToOneField(CheckAnswer, on_delete=models.PROTECT, related_name="hub_only")
    text = models.TextField()


class ReleaseRequest(SharedRecord):
    """The hub asks the owner of an answer to let one agency read it. The owner lets it out, or does not (0083)."""

    KIND = Kind.FEEDBACK
    LEVEL = Level.FULL

    check_answer = models.ForeignKey(CheckAnswer, on_delete=models.PROTECT, related_name="release_requests")
    agency = models.ForeignKey("sharing_agreements.Agency", on_delete=models.PROTECT, related_name="+")
    why = models.CharField(max_length=300)
    asked_at = models.DateTimeField()

    class Meta:
        ordering = ["asked_at"]


class ReleaseRefusal(SharedRecord):
    """The owner of an answer will not let it out as the hub asked, and why. Sent to whoever asked; never changed."""

    KIND = Kind.FEEDBACK
    LEVEL = Level.FULL

    request = models.ForeignKey(ReleaseRequest, on_delete=models.PROTECT, related_name="refusals")
    check_answer = models.ForeignKey(CheckAnswer, on_delete=models.PROTECT, related_name="release_refusals")
    reason = models.CharField(max_length=1000)
    refused_at = models.DateTimeField()

    class Meta:
        ordering = ["-refused_at"]
        constraints = [
            models.UniqueConstraint(fields=["request", "check_answer"], name="a_release_is_refused_once"),
        ]
