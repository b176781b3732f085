"""A plan one agency makes for a child by itself, and the agencies that should be in the team around the family."""

from django.contrib.postgres.fields import ArrayField
from django.db import models

from cases.models.case import Case
from cases.models.team import kind_for
from cases.models.whom import AboutOne
from cases.vocabulary import OutcomeHeading
from sharing_agreements.models import Agency, SharedRecord
from sharing_agreements.vocabulary import Kind, Level


class OwnPlan(AboutOne, SharedRecord):
    """An agency's own plan for one child, such as a school's pastoral support programme (domain F49).

    It belongs to that agency until a lead brings it into the plan of the team; then it says so and changes no more.
    """

    KIND = Kind.PLAN
    LEVEL = Level.SUMMARY
    LEAD_MAY_UPDATE = True

    title = models.CharField(max_length=120)
    why = models.CharField(max_length=300)
    review_on = models.DateField()
    asked = ArrayField(
        models.SmallIntegerField(), default=list, help_text="Numbers of the agencies asked to help with it."
    )
    joined_case = models.ForeignKey(Case, null=True, blank=True, on_delete=models.PROTECT, related_name="own_plans")
    joined_at = models.DateTimeField(null=True, blank=True, help_text="When it became part of the team's plan.")

    def __str__(self) -> str:
        return self.title


class OwnPlanAim(SharedRecord):
    """One thing an agency's own plan works towards, and what that agency does about it."""

    KIND = Kind.PLAN
    LEVEL = Level.SUMMARY

    plan = models.ForeignKey(OwnPlan, on_delete=models.PROTECT, related_name="aims")
    heading = models.CharField(max_length=16, choices=OutcomeHeading)
    aim = models.CharField(max_length=160)
    doing = models.CharField(max_length=200)


class ExpectedAgency(SharedRecord):
    """An agency that should be in the team around a family, and why. The watch flags it while nobody of it joined.

    A sensitive agency's row has the kind of what that agency does, as its place in the team has.
    """

    LEVEL = Level.SUMMARY
    LEAD_MAY_UPDATE = True

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="expected")
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    why = models.CharField(max_length=200)
    ended_on = models.DateField(null=True, blank=True, help_text="When it was found not to be needed after all.")

    class Meta:
        indexes = [models.Index(fields=["case"], name="expected_case")]

    def save(self, *args: object, **kwargs: object) -> None:
        """Give a new row its kind: that of the case, or of a sensitive agency's work."""
        if self._state.adding:
            self.kind = kind_for(self.agency, otherwise=Kind.CASE)
        super().save(*args, **kwargs)
