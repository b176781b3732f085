"""What people open or withhold on top of agreements: emergency access to one family, and decisions on one record.

Written by gate functions only; both tables are kept for good and read by those who answer for them.
"""

import uuid

from django.contrib.postgres.fields import ArrayField
from django.db import models

from sharing_agreements.models.agency import Agency
from sharing_agreements.models.anchor import Family
from sharing_agreements.models.practitioner import Practitioner
from sharing_agreements.vocabulary import EmergencyOutcome, ExceptionVerb, Level


class EmergencyAccess(models.Model):
    """One practitioner sees everything about one family's people for some hours, and answers for it afterwards."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    practitioner = models.ForeignKey(Practitioner, on_delete=models.PROTECT, related_name="+")
    post_id = models.UUIDField(help_text="The post acted under; the access holds for no other.")
    agency_no = models.SmallIntegerField(help_text="The practitioner's agency.")
    family = models.ForeignKey(Family, null=True, on_delete=models.PROTECT, related_name="+")
    people = ArrayField(models.UUIDField(), help_text="Anchors it opens.")
    told = ArrayField(models.SmallIntegerField(), help_text="Agencies that held something about them, by number.")
    reason = models.CharField(max_length=1000)
    started_at = models.DateTimeField()
    ends_at = models.DateTimeField(help_text="Ends by itself.")
    ended_at = models.DateTimeField(null=True)
    reviewed_at = models.DateTimeField(null=True)
    reviewed_by = models.ForeignKey(Practitioner, null=True, on_delete=models.PROTECT, related_name="+")
    outcome = models.CharField(max_length=20, choices=EmergencyOutcome, blank=True)
    review_words = models.CharField(max_length=1000, blank=True)

    class Meta:
        verbose_name_plural = "emergency accesses"
        default_permissions = ()
        indexes = [models.Index(fields=["practitioner", "-ends_at"], name="emergency_practitioner")]


class EmergencyNotice(models.Model):
    """A governance lead was told of an emergency access. Written by the job `tell_of_emergency`."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    access = models.ForeignKey(EmergencyAccess, on_delete=models.PROTECT, related_name="notices")
    practitioner = models.ForeignKey(Practitioner, on_delete=models.PROTECT, related_name="+")
    told_at = models.DateTimeField()

    class Meta:
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=["access", "practitioner"], name="a_governance_lead_is_told_once"),
        ]


class RecordException(models.Model):
    """A record's owner shares it with an agency, or withholds it from one, whatever agreements say; and why."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    verb = models.CharField(max_length=10, choices=ExceptionVerb)
    table_name = models.CharField(max_length=63)
    record_id = models.UUIDField()
    owner_no = models.SmallIntegerField(help_text="The agency whose record it is.")
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    practitioner = models.ForeignKey(
        Practitioner, null=True, on_delete=models.PROTECT, related_name="+", help_text="Only this one of the agency."
    )
    level = models.CharField(max_length=10, choices=Level, blank=True)
    until = models.DateField(null=True, help_text="Last day it holds.")
    reason = models.CharField(max_length=1000)
    made_by = models.ForeignKey(Practitioner, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        default_permissions = ()
        indexes = [
            models.Index(fields=["agency"], name="exception_agency", condition=models.Q(ended_at__isnull=True)),
            models.Index(fields=["record_id"], name="exception_record"),
        ]
