"""That an adult of a family is in custody, for the one thing the work needs it for: to be ready when they come home."""

from django.db import models

from cases.models.whom import AboutOne
from cases.vocabulary import CustodyEnd
from sharing_agreements.models import SharedRecord
from sharing_agreements.vocabulary import Kind, Level


class Custody(AboutOne, SharedRecord):
    """One stay in custody, as one agency knows it: never why, never where.

    Criminal-offence data: of the kind of probation and prisons, sent to nobody, and read by others only where a clause
    opens that kind to them (decision 0102). It is changed by the agency that wrote it and by the lead who may read it.
    """

    KIND = Kind.JUSTICE
    LEVEL = Level.SUMMARY
    LEAD_MAY_UPDATE = True

    from_date = models.DateField(null=True, blank=True, help_text="Empty: not known.")
    release_on = models.DateField(null=True, blank=True, help_text="The day expected. Empty: not known.")
    told_by = models.CharField(max_length=160, help_text="Who said so.")
    ended_on = models.DateField(null=True, blank=True, help_text="The day of release, or when a mistake was noticed.")
    ended_as = models.CharField(max_length=8, choices=CustodyEnd, blank=True)

    class Meta:
        indexes = [
            models.Index(
                fields=["release_on"],
                name="custody_release",
                condition=models.Q(ended_on__isnull=True, release_on__isnull=False),
            ),
            models.Index(fields=["person"], name="custody_person"),
        ]
        constraints = [
            models.CheckConstraint(
                name="a_release_is_not_before_custody_began",
                condition=models.Q(from_date__isnull=True)
                | models.Q(release_on__isnull=True)
                | models.Q(release_on__gte=models.F("from_date")),
            ),
            models.CheckConstraint(
                name="custody_ends_as_something",
                condition=models.Q(ended_on__isnull=True, ended_as="")
                | (models.Q(ended_on__isnull=False) & ~models.Q(ended_as="")),
            ),
        ]
