"""What an agreement must and must not show, as examples that are signed with it and tried again at every change."""

import uuid

from django.db import models
from django.utils import timezone

from sharing_agreements.models.agency import Agency
from sharing_agreements.models.agreement import Agreement
from sharing_agreements.vocabulary import AgencyType, ExampleGroup, Kind, Level, Purpose, RecordAge, Role, Stage

_OF_A_DISTRICT = models.Q(recipient_group__in=[ExampleGroup.INSIDE, ExampleGroup.OUTSIDE])


class AgreementExample(models.Model):
    """Somebody made up, a record made up, and whether they must see it. No row behind it: sql/0015 decides."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    agreement = models.ForeignKey(Agreement, on_delete=models.CASCADE, related_name="examples")
    number = models.PositiveSmallIntegerField()
    must_see = models.BooleanField(help_text="Must not when not.")
    recipient_agency = models.ForeignKey(Agency, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    recipient_type = models.CharField(max_length=30, choices=AgencyType, blank=True)
    recipient_group = models.CharField(max_length=10, choices=ExampleGroup, blank=True)
    recipient_district = models.CharField(max_length=80, blank=True)
    role = models.CharField(max_length=30, choices=Role)
    purpose = models.CharField(max_length=30, choices=Purpose)
    provider_agency = models.ForeignKey(Agency, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    provider_type = models.CharField(max_length=30, choices=AgencyType, blank=True)
    kind = models.SmallIntegerField(choices=Kind)
    level = models.CharField(max_length=10, choices=Level)
    is_involved = models.BooleanField(help_text="The recipient works with the person.")
    agrees = models.BooleanField(help_text="The person agrees to the sharing.")
    stage = models.SmallIntegerField(choices=Stage)
    age = models.SmallIntegerField(choices=RecordAge, default=RecordAge.NEW)

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["agreement", "number"], name="an_example_number_once_per_agreement"),
            models.CheckConstraint(
                name="an_example_names_its_recipient_once",
                condition=models.Q(recipient_agency__isnull=False, recipient_type="", recipient_group="")
                | (
                    models.Q(recipient_agency__isnull=True)
                    & ~models.Q(recipient_type="")
                    & ~models.Q(recipient_group="")
                ),
            ),
            models.CheckConstraint(
                name="an_example_of_a_district_names_it",
                condition=(_OF_A_DISTRICT & ~models.Q(recipient_district=""))
                | (~_OF_A_DISTRICT & models.Q(recipient_district="")),
            ),
            models.CheckConstraint(
                name="an_example_names_its_provider_once",
                condition=models.Q(provider_agency__isnull=False, provider_type="")
                | (models.Q(provider_agency__isnull=True) & ~models.Q(provider_type="")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.agreement.reference} example {self.number}"


class ExampleAlarm(models.Model):
    """An example of an agreement in force that does not hold. Written and ended by the job that tries them."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    example = models.ForeignKey(AgreementExample, on_delete=models.PROTECT, related_name="alarms")
    found_at = models.DateTimeField(default=timezone.now)
    because = models.TextField(help_text="Who sees it by which clause, or who does not.")
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-found_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["example"],
                condition=models.Q(ended_at__isnull=True),
                name="an_example_alarms_once_at_a_time",
            ),
        ]
