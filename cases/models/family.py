"""Who belongs to a family, who lives together, how people are related, and what keeps them safe."""

from django.db import models

from cases.models.whom import AboutOne
from cases.vocabulary import ContactWay, CourtOrder, FamilyPart, RelationshipType
from sharing_agreements.models import Agency, Person, SharedRecord
from sharing_agreements.vocabulary import Kind, Level


class FamilyMember(AboutOne, SharedRecord):
    """Somebody belongs to a family. Says nothing of where they live."""

    KIND = Kind.HOUSEHOLD
    LEVEL = Level.SUMMARY
    LEAD_MAY_UPDATE = True

    part = models.CharField(max_length=12, choices=FamilyPart)
    must_not_collect = models.BooleanField(default=False, help_text="Must not collect the children.")
    to_date = models.DateField(null=True, blank=True, help_text="Last day in the family, if they have left it.")


class Household(SharedRecord):
    """A home of the family. Who lives together can lead to a hidden address, so it is closed like one."""

    KIND = Kind.ADDRESS
    LEVEL = Level.SUMMARY

    name = models.CharField(max_length=80, help_text="Such as 'Kate's home'.")


class HouseholdMember(SharedRecord):
    """Somebody lived in a household between two dates."""

    KIND = Kind.ADDRESS
    LEVEL = Level.SUMMARY
    LEAD_MAY_UPDATE = True

    household = models.ForeignKey(Household, on_delete=models.PROTECT, related_name="members")
    from_date = models.DateField(null=True, blank=True)
    to_date = models.DateField(null=True, blank=True)


class Relationship(SharedRecord):
    """What one person is to another, with parental responsibility and any court order in force between them."""

    KIND = Kind.HOUSEHOLD
    LEVEL = Level.SUMMARY
    LEAD_MAY_UPDATE = True

    to_person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    type = models.CharField(max_length=16, choices=RelationshipType)
    parental_responsibility = models.BooleanField(null=True, help_text="Empty: not known.")
    main_carer = models.BooleanField(default=False)
    court_order = models.CharField(max_length=20, choices=CourtOrder, default=CourtOrder.NONE)
    order_made_on = models.DateField(null=True, blank=True)
    order_ends_on = models.DateField(null=True, blank=True)
    ended_on = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="a_court_order_has_a_date",
                condition=models.Q(court_order="none") | models.Q(order_made_on__isnull=False),
            ),
            models.CheckConstraint(
                name="nobody_is_related_to_themselves",
                condition=~models.Q(person=models.F("to_person")),
            ),
        ]


class SchoolPlace(SharedRecord):
    """Where a child goes to school or nursery between two dates. It locates the child."""

    KIND = Kind.ADDRESS
    LEVEL = Level.SUMMARY
    LEAD_MAY_UPDATE = True

    school = models.ForeignKey(Agency, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=120, help_text="Name of the school, nursery, or 'educated at home'.")
    from_date = models.DateField(null=True, blank=True)
    to_date = models.DateField(null=True, blank=True, help_text="Last day on roll.")


class HealthContact(SharedRecord):
    """Who looks after somebody's health between two dates: practice, health visitor. It locates the person."""

    KIND = Kind.ADDRESS
    LEVEL = Level.SUMMARY
    LEAD_MAY_UPDATE = True

    service = models.ForeignKey(Agency, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=120)
    what = models.CharField(max_length=60, help_text="Such as family doctor, health visitor, midwife.")
    from_date = models.DateField(null=True, blank=True)
    to_date = models.DateField(null=True, blank=True)


class SafeContact(SharedRecord):
    """A safe way and time to reach somebody. A number can lead to a hidden address, so it is closed like one."""

    KIND = Kind.ADDRESS
    LEVEL = Level.SUMMARY
    LEAD_MAY_UPDATE = True

    way = models.CharField(max_length=10, choices=ContactWay)
    detail = models.CharField(max_length=160, blank=True, help_text="The number, address or person.")
    safe_times = models.CharField(max_length=160, blank=True)
    ended_on = models.DateField(null=True, blank=True, help_text="Last day it held.")
    ended_because = models.CharField(max_length=300, blank=True)


class KeepApart(SharedRecord):
    """Two people who must not be brought together: separate meetings, letters and invitations."""

    KIND = Kind.HOUSEHOLD
    LEVEL = Level.SUMMARY

    from_person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    reason = models.CharField(max_length=300)
    review_on = models.DateField()
    ended_on = models.DateField(null=True, blank=True, help_text="Last day it held.")
    ended_because = models.CharField(max_length=300, blank=True)


class NotSafeToTell(SharedRecord):
    """Nothing may be sent or said to this person until the hub lifts it. Tops every page of the family."""

    KIND = Kind.HOUSEHOLD
    LEVEL = Level.SUMMARY

    reason = models.CharField(max_length=300)
    review_on = models.DateField()


class LiftedNotSafeToTell(SharedRecord):
    """The hub says that it is safe to tell somebody again, and why."""

    KIND = Kind.HOUSEHOLD
    LEVEL = Level.SUMMARY

    marker = models.OneToOneField(NotSafeToTell, on_delete=models.PROTECT, related_name="lifted")
    reason = models.CharField(max_length=300)


class StaffSafetyNote(SharedRecord):
    """What a practitioner must know before a visit. Reviewed within 12 months (D27)."""

    KIND = Kind.STAFF_SAFETY
    LEVEL = Level.SUMMARY

    what = models.CharField(max_length=300)
    review_on = models.DateField()
    ended_on = models.DateField(null=True, blank=True, help_text="Last day it held.")
    ended_because = models.CharField(max_length=300, blank=True)
