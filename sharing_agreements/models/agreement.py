"""Information-sharing agreements: parties, purposes, dates and clauses. The signed clauses are the enforcement."""

import uuid

from django.contrib.postgres.fields import ArrayField
from django.db import models

from sharing_agreements.models.agency import Agency
from sharing_agreements.models.practitioner import Practitioner
from sharing_agreements.vocabulary import (
    NEVER_SHARED,
    AgencyType,
    AgreementState,
    Capacity,
    HowFarBack,
    Kind,
    Level,
    Purpose,
    Role,
    Stage,
)


class Agreement(models.Model):
    """One version of an information-sharing agreement."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    reference = models.CharField(max_length=30)
    version = models.PositiveIntegerField(default=1)
    title = models.CharField(max_length=160)
    overarching = models.BooleanField(default=False, help_text="First-tier agreement that specific ones hang below.")
    parent = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="specifics")
    replaces = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="newer_versions")
    drafter = models.ForeignKey(
        Agency, null=True, blank=True, on_delete=models.PROTECT, related_name="+", help_text="Who may edit the draft."
    )
    purposes = ArrayField(models.CharField(max_length=30, choices=Purpose))
    aim = models.TextField(help_text="What the sharing is for, in plain words.")
    lawful_basis = models.TextField(help_text="UK GDPR article, condition and statutory gateway.")
    powers = models.JSONField(default=dict, db_default={}, blank=True, help_text="Purpose -> codes of law/*.toml.")
    retention = models.TextField(default="", db_default="", blank=True, help_text="How long what is received is kept.")
    incident_contact = models.CharField(max_length=200, default="", db_default="", blank=True)
    rights_contact = models.CharField(
        max_length=200, default="", db_default="", blank=True, help_text="Where families ask about their information."
    )
    dpia_reference = models.CharField(max_length=120, default="", db_default="", blank=True)
    state = models.CharField(max_length=12, choices=AgreementState, default=AgreementState.DRAFT)
    starts_on = models.DateField()
    ends_on = models.DateField(help_text="Last day in force: sharing stops that midnight even if no job runs.")
    review_on = models.DateField()
    revision = models.PositiveIntegerField(default=1, db_default=1, help_text="Counts the edits of a draft.")

    class Meta:
        ordering = ["reference", "-version"]
        constraints = [
            models.UniqueConstraint(fields=["reference", "version"], name="one_version_once_per_reference"),
            models.CheckConstraint(
                name="agreement_ends_after_it_starts", condition=models.Q(ends_on__gte=models.F("starts_on"))
            ),
            models.UniqueConstraint(
                fields=["replaces"],
                condition=~models.Q(state=AgreementState.ENDED),
                name="one_newer_version_at_a_time",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.title} ({self.reference}, version {self.version})"


class Party(models.Model):
    """An agency bound by an agreement once its signatory has signed, until it leaves."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    agreement = models.ForeignKey(Agreement, on_delete=models.CASCADE, related_name="parties")
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="agreements_as_party")
    capacity = models.CharField(
        max_length=20, choices=Capacity, default=Capacity.CONTROLLER, db_default=Capacity.CONTROLLER
    )
    signatory_name = models.CharField(max_length=120, blank=True)
    signatory_post = models.CharField(max_length=120, blank=True)
    signed_at = models.DateTimeField(null=True, blank=True)
    signed_by = models.ForeignKey(Practitioner, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    digest = models.CharField(max_length=64, default="", db_default="", blank=True, help_text="Of the words it signed.")
    left_on = models.DateField(null=True, blank=True, help_text="First day it is no longer bound.")

    class Meta:
        ordering = ["agency__name"]
        verbose_name_plural = "parties"
        constraints = [
            models.UniqueConstraint(fields=["agreement", "agency"], name="an_agency_is_party_once"),
            models.CheckConstraint(
                name="a_signature_names_its_signatory",
                condition=models.Q(signed_at__isnull=True) | ~models.Q(signatory_name=""),
            ),
        ]


class Clause(models.Model):
    """Who may see which kind of whose records, how much of it, and under which conditions."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    agreement = models.ForeignKey(Agreement, on_delete=models.CASCADE, related_name="clauses")
    number = models.CharField(max_length=10, help_text="As printed: 3.2")
    provider_agency = models.ForeignKey(Agency, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    provider_type = models.CharField(max_length=30, choices=AgencyType, blank=True)
    provider_district = models.CharField(max_length=80, default="", db_default="", blank=True, help_text="Empty: any.")
    recipient_agency = models.ForeignKey(Agency, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    recipient_type = models.CharField(max_length=30, choices=AgencyType, blank=True)
    recipient_district = models.CharField(max_length=80, default="", db_default="", blank=True, help_text="Empty: any.")
    recipient_roles = ArrayField(models.CharField(max_length=30, choices=Role))
    kind = models.SmallIntegerField(choices=Kind)
    level = models.CharField(max_length=10, choices=Level)
    needs_involvement = models.BooleanField(default=True, help_text="Only about people the recipient works with.")
    needs_consent = models.BooleanField(default=False, help_text="Only while this person agrees to the sharing.")
    stages = ArrayField(models.SmallIntegerField(choices=Stage), default=list, help_text="Empty: at any stage.")
    how_far_back = models.SmallIntegerField(choices=HowFarBack, default=HowFarBack.ANY)

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["agreement", "number"], name="a_clause_number_once_per_agreement"),
            models.CheckConstraint(
                name="a_clause_names_its_provider_once",
                condition=models.Q(provider_agency__isnull=False, provider_type="")
                | (models.Q(provider_agency__isnull=True) & ~models.Q(provider_type="")),
            ),
            models.CheckConstraint(
                name="a_clause_names_its_recipient_once",
                condition=models.Q(recipient_agency__isnull=False, recipient_type="")
                | (models.Q(recipient_agency__isnull=True) & ~models.Q(recipient_type="")),
            ),
            models.CheckConstraint(
                name="a_clause_of_a_district_names_a_type",
                condition=(models.Q(provider_district="") | ~models.Q(provider_type=""))
                & (models.Q(recipient_district="") | ~models.Q(recipient_type="")),
            ),
            models.CheckConstraint(
                name="no_clause_releases_the_hub_only_box", condition=~models.Q(kind__in=sorted(NEVER_SHARED))
            ),
        ]

    def __str__(self) -> str:
        return f"{self.agreement.reference} clause {self.number}"
