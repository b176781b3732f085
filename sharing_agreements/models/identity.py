"""Who somebody is and where they live, as one agency recorded it. A person may have several accounts."""

from django.db import models

from sharing_agreements.models.record import SharedRecord
from sharing_agreements.vocabulary import Kind, Level, Precision


class Identity(SharedRecord):
    """Headline of one agency's account of a person: names and date of birth."""

    KIND = Kind.IDENTITY
    LEVEL = Level.SUMMARY

    given_name = models.CharField(max_length=80, blank=True)
    family_name = models.CharField(max_length=80, blank=True)
    known_as = models.CharField(max_length=80, blank=True)
    born_on = models.DateField(null=True, blank=True, help_text="First day the stated precision allows; due date too.")
    born_precision = models.CharField(max_length=10, choices=Precision, default=Precision.UNKNOWN)
    sex = models.CharField(max_length=1, choices=[("F", "Female"), ("M", "Male"), ("U", "Not known")], default="U")
    is_unborn = models.BooleanField(default=False)
    has_died = models.BooleanField(default=False)
    is_child = models.BooleanField(default=True)
    search_text = models.TextField(blank=True, help_text="Folded names for matching; see gate.find_people.")

    class Meta:
        verbose_name_plural = "identities"


class IdentityDetail(SharedRecord):
    """The rest of one agency's account of a person: identifiers, language and access needs."""

    KIND = Kind.IDENTITY
    LEVEL = Level.FULL

    identity = models.OneToOneField(Identity, on_delete=models.PROTECT, related_name="detail")
    nhs_number = models.CharField(max_length=20, blank=True)
    upn = models.CharField("unique pupil number", max_length=20, blank=True)
    ethnicity = models.CharField(max_length=4, blank=True, help_text="As the family states it, school census code.")
    disability = models.CharField(max_length=40, blank=True, help_text="As the family states it.")
    language = models.CharField(max_length=60, blank=True)
    interpreter = models.BooleanField(default=False)
    access_needs = models.CharField(max_length=300, blank=True)
    phone = models.CharField(max_length=40, blank=True)


class Address(SharedRecord):
    """Where a person lived between two dates, as one agency recorded it."""

    KIND = Kind.ADDRESS
    LEVEL = Level.SUMMARY

    line = models.CharField(max_length=160, blank=True)
    town = models.CharField(max_length=80, blank=True)
    postcode = models.CharField(max_length=10, blank=True)
    uprn = models.CharField(max_length=12, blank=True)
    folded = models.CharField(max_length=200, blank=True, help_text="Normal form for matching.")
    from_date = models.DateField(null=True, blank=True)
    to_date = models.DateField(null=True, blank=True)
    reason = models.CharField(max_length=60, blank=True)

    class Meta:
        verbose_name_plural = "addresses"
