"""A school, a health trust, a police force, a council service, a hub; and the teams inside them."""

import uuid

from django.db import models

from sharing_agreements.vocabulary import AgencyType


class Agency(models.Model):
    """An organisation that signs agreements and owns records."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    no = models.PositiveSmallIntegerField(
        unique=True, help_text="Small number the database's masks use. Never reused for another agency."
    )
    name = models.CharField(max_length=120, unique=True)
    short_name = models.CharField(max_length=40)
    type = models.CharField(max_length=30, choices=AgencyType)
    district = models.CharField(max_length=80)
    phone = models.CharField(max_length=40, blank=True)
    out_of_hours_phone = models.CharField(max_length=40, blank=True)
    email = models.EmailField(blank=True, help_text="Its inbox.")
    urn = models.CharField(
        max_length=6, blank=True, default="", db_default="", help_text="A school's, six digits (domain 3.3)."
    )
    uprn = models.CharField(
        max_length=12, blank=True, default="", db_default="", help_text="Of its address, up to twelve digits."
    )
    host = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="hosted", help_text="Who runs a hub."
    )
    controller = models.CharField(max_length=120, blank=True, help_text="Named data controller.")
    sensitive = models.BooleanField(
        default=False, help_text="Knowing that this agency is involved can itself harm: never listed to a team."
    )

    class Meta:
        ordering = ["name"]
        verbose_name_plural = "agencies"
        constraints = [
            models.UniqueConstraint(
                fields=["urn"], name="a_school_is_here_once_by_its_urn", condition=~models.Q(urn="")
            ),
            models.CheckConstraint(name="agency_number_fits_the_masks", condition=models.Q(no__gte=1, no__lte=1023)),
            models.CheckConstraint(
                name="a_hub_names_its_host_and_controller",
                condition=~models.Q(type=AgencyType.HUB) | (models.Q(host__isnull=False) & ~models.Q(controller="")),
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Team(models.Model):
    """Part of an agency whose supervisor may see the team's own records."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    no = models.PositiveIntegerField(unique=True)
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="teams")
    name = models.CharField(max_length=80)

    class Meta:
        ordering = ["name"]
        constraints = [models.UniqueConstraint(fields=["agency", "name"], name="team_name_once_in_an_agency")]

    def __str__(self) -> str:
        return f"{self.name}, {self.agency.short_name}"
