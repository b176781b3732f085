"""The services directory, and a family's referral to one of its services with what became of it."""

import uuid

from django.contrib.postgres.fields import ArrayField
from django.db import models

from cases.models.case import Case
from cases.models.plan import Action, Need
from cases.rules.directory import Door, door_of
from cases.vocabulary import OutcomeHeading, ReferralState
from sharing_agreements.models import SharedRecord
from sharing_agreements.part_known import say
from sharing_agreements.vocabulary import Kind, Level, Precision


class Service(models.Model):
    """One entry of the directory, under the names of Open Referral UK 3. Public: nothing about any family.

    Row security: whoever acts reads it; keepers of the directory add and change.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    their_id = models.CharField(max_length=80, unique=True, help_text="Its id in the file it came from.")
    name = models.CharField(max_length=200)
    organization = models.CharField(max_length=200, blank=True)
    description = models.TextField(blank=True)
    url = models.CharField(max_length=400, blank=True)
    email = models.CharField(max_length=260, blank=True)
    phone = models.CharField(max_length=60, blank=True)
    status = models.CharField(max_length=20, default="active")
    eligibility_description = models.TextField(blank=True)
    minimum_age = models.PositiveSmallIntegerField(null=True, blank=True)
    maximum_age = models.PositiveSmallIntegerField(null=True, blank=True)
    wait_time = models.CharField(max_length=200, blank=True)
    application_process = models.TextField(blank=True, help_text="How to refer.")
    fees_description = models.TextField(blank=True)
    assured_date = models.DateField(null=True, blank=True, help_text="The day somebody last checked it.")
    areas = ArrayField(models.CharField(max_length=120), default=list)
    places = ArrayField(models.CharField(max_length=200), default=list)
    terms = ArrayField(models.CharField(max_length=120), default=list)
    headings = ArrayField(models.CharField(max_length=16, choices=OutcomeHeading), default=list)
    headings_are_ours = models.BooleanField(default=False, help_text="A keeper said them: an import leaves them.")
    keeps_list = models.BooleanField(default=False, help_text="It told a keeper that it takes names while closed.")
    whole = models.JSONField(default=dict, help_text="The object as it came, with what is not shown here.")
    imported_at = models.DateTimeField()
    version = models.PositiveIntegerField(default=1)

    class Meta:
        default_permissions = ()
        ordering = ["name", "id"]
        indexes = [models.Index(fields=["assured_date"], name="service_assured")]

    def __str__(self) -> str:
        return self.name

    @property
    def door(self) -> Door:
        """Whether a family that is sent there finds it open."""
        return door_of(self.status, keeps_list=self.keeps_list)

    @property
    def door_said(self) -> str:
        """What a reader is told of a door that is not open, and as of when; empty for an open one."""
        checked = f"Last checked {say(day, Precision.DAY)}." if (day := self.assured_date) else "Never checked."
        return f"{self.door}. {checked}" if self.door != Door.OPEN else ""


class UncheckedService(models.Model):
    """A task for the keepers of the directory: an entry that nobody has checked for six months (J15).

    Raised and cleared by the job `check_directory`; a check clears it at once.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    service = models.ForeignKey(Service, on_delete=models.CASCADE, related_name="unchecked")
    raised_on = models.DateField()
    cleared_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        default_permissions = ()
        ordering = ["raised_on", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["service"], name="a_service_waits_for_one_check", condition=models.Q(cleared_at__isnull=True)
            )
        ]


class ServiceReferral(SharedRecord):
    """A family was referred to a service by an action of its plan. What became of it is in its steps.

    The kind is the plan's, or that of what the service is for where knowing of it can harm.
    """

    LEVEL = Level.SUMMARY

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="service_referrals")
    action = models.ForeignKey(Action, on_delete=models.PROTECT, related_name="service_referrals")
    need = models.ForeignKey(Need, null=True, on_delete=models.PROTECT, related_name="+")
    service = models.ForeignKey(Service, on_delete=models.PROTECT, related_name="referrals")
    heading = models.CharField(max_length=16, choices=OutcomeHeading, blank=True)
    area = models.CharField(max_length=80, blank=True, help_text="Ward or town, never an address.")

    class Meta:
        indexes = [models.Index(fields=["case"], name="service_referral_case")]


class ServiceReferralStep(SharedRecord):
    """What was heard of a referral on a day. Added, never changed; the newest says how it stands."""

    LEVEL = Level.SUMMARY

    referral = models.ForeignKey(ServiceReferral, on_delete=models.PROTECT, related_name="steps")
    state = models.CharField(max_length=12, choices=ReferralState)
    what = models.CharField(max_length=300, blank=True)

    class Meta:
        indexes = [models.Index(fields=["referral", "-recorded_at"], name="referral_steps")]


SENSITIVE_HEADINGS = {
    OutcomeHeading.DOMESTIC_ABUSE: Kind.DOMESTIC_ABUSE,
    OutcomeHeading.SUBSTANCES: Kind.SUBSTANCE_USE,
}
"""What a referral tells of the family by itself is governed as that kind (users 2.18), not as the plan."""


def kind_of_referral(service: Service) -> Kind:
    """The kind that governs a referral to this service."""
    return next((kind for heading, kind in SENSITIVE_HEADINGS.items() if heading in service.headings), Kind.PLAN)
