"""A family's case; where each child in it stands; how much help each child needs; and how each move was made."""

from django.db import models

from cases.models.whom import AboutOne
from cases.vocabulary import CaseState, LevelOfNeed
from sharing_agreements.models import SharedRecord
from sharing_agreements.vocabulary import Kind, Level


class Case(SharedRecord):
    """The work with one family. State and level are per child: see ChildInCase and ChildLevel."""

    KIND = Kind.CASE
    LEVEL = Level.SUMMARY
    LEAD_MAY_UPDATE = True

    reference = models.CharField(max_length=20, unique=True, help_text="From the sequence, such as EH-1042.")
    why = models.CharField(
        max_length=300,
        help_text="Why help is offered, in words the whole team may read.",
    )
    lead_wished_for = models.CharField(max_length=200, blank=True, help_text="Who the family would like as lead.")
    source_id = models.UUIDField(null=True, blank=True, help_text="The decision it came from.")

    def __str__(self) -> str:
        return self.reference


class ChildInCase(AboutOne, SharedRecord):
    """One child's place in the family's case. Only gate.move_child changes the state: see lifecycle.py."""

    KIND = Kind.CASE
    LEVEL = Level.SUMMARY

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="children")
    state = models.CharField(max_length=14, choices=CaseState)
    since = models.DateTimeField(help_text="When the state began.")

    class Meta:
        verbose_name_plural = "children in cases"
        indexes = [
            models.Index(fields=["case"], name="child_case"),
            models.Index(fields=["state", "since"], name="child_state"),
            models.Index(fields=["lead_no", "state"], name="child_lead"),
        ]
        constraints = [models.UniqueConstraint(fields=["case", "person"], name="a_child_is_in_a_case_once")]


class CaseMove(SharedRecord):
    """One move of one child's case from state to state. Written by gate.move_child, never changed."""

    KIND = Kind.CASE
    LEVEL = Level.SUMMARY

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="moves")
    child = models.ForeignKey(ChildInCase, on_delete=models.PROTECT, related_name="moves")
    from_state = models.CharField(max_length=14, choices=CaseState)
    to_state = models.CharField(max_length=14, choices=CaseState)
    at = models.DateTimeField()
    reason = models.CharField(max_length=300)
    sign_off = models.ForeignKey("cases.SignOff", null=True, on_delete=models.PROTECT, related_name="moves")

    class Meta:
        indexes = [models.Index(fields=["child", "-at"], name="move_history")]


class ChildLevel(SharedRecord):
    """The level of need somebody set for a child on a day. The latest counts; earlier rows stay."""

    KIND = Kind.CASE
    LEVEL = Level.SUMMARY

    case = models.ForeignKey(Case, null=True, on_delete=models.PROTECT, related_name="levels")
    level = models.PositiveSmallIntegerField(choices=LevelOfNeed)
    reason = models.CharField(max_length=300)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="level_of_need_is_1_to_4",
                condition=models.Q(level__gte=1, level__lte=4),
            )
        ]


class SignOff(SharedRecord):
    """A manager is asked to agree to a move that one person may not make alone. Answered by an Answer."""

    KIND = Kind.CASE
    LEVEL = Level.SUMMARY

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="sign_offs")
    to_state = models.CharField(max_length=14, choices=CaseState)
    reason = models.CharField(max_length=300)
