"""The facts that sharing rules need, per person, and the one locked row that carries them together.

Nobody writes these tables but the gate functions in sql/: each change recomputes `PersonFacts` and fans it
out to every governed row about that person in the same transaction (docs/decisions/0013).
"""

import uuid

from django.contrib.postgres.fields import ArrayField
from django.db import models

from sharing_agreements.models.agency import Agency
from sharing_agreements.models.anchor import Person
from sharing_agreements.models.practitioner import Practitioner
from sharing_agreements.vocabulary import ConflictAnswer, InvolvementReason, Stage


class PersonFacts(models.Model):
    """One row per person, born with the anchor. What a governed row about this person copies."""

    person = models.OneToOneField(Person, primary_key=True, on_delete=models.PROTECT, related_name="facts")
    stage = models.SmallIntegerField(choices=Stage, default=Stage.NONE)
    involved = ArrayField(models.SmallIntegerField(), default=list, help_text="Numbers of the agencies involved.")
    workers = ArrayField(models.IntegerField(), default=list, help_text="Numbers of lead, cover and team members.")
    lead_no = models.IntegerField(null=True)
    consent_until = models.DateField(null=True, help_text="Agreement to sharing lasts to the end of this day.")
    facts_until = models.DateField(help_text="Last day these facts are known to hold; after it nobody is involved.")
    restricted = models.BooleanField(default=False)
    address_hidden = models.BooleanField(default=False)

    class Meta:
        indexes = [
            models.Index(fields=["person"], name="facts_restricted", condition=models.Q(restricted=True)),
            models.Index(fields=["person"], name="facts_hidden", condition=models.Q(address_hidden=True)),
            models.Index(fields=["facts_until"], name="facts_expiry"),
        ]


class Involvement(models.Model):
    """An agency, or a named practitioner of it, works with this person between two dates."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="involvements")
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    practitioner = models.ForeignKey(Practitioner, null=True, on_delete=models.PROTECT, related_name="+")
    reason = models.CharField(max_length=20, choices=InvolvementReason)
    starts_on = models.DateField()
    ends_on = models.DateField(null=True, help_text="Last day; empty while it lasts.")
    added_by = models.ForeignKey(Practitioner, null=True, on_delete=models.PROTECT, related_name="+")
    added_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["person", "ends_on"], name="involvement_person")]


class SharingConsent(models.Model):
    """What was agreed about sharing this person's information. The latest row counts; kept apart from help."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="sharing_consents")
    until = models.DateField(null=True, help_text="Agreed up to and including this day; empty: not agreed.")
    recorded_by = models.ForeignKey(Practitioner, null=True, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["person", "-recorded_at"], name="sharing_consent_latest")]


class StageChange(models.Model):
    """The stage a person's case reached, and when. The latest row counts."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="stage_changes")
    stage = models.SmallIntegerField(choices=Stage)
    changed_by = models.ForeignKey(Practitioner, null=True, on_delete=models.PROTECT, related_name="+")
    changed_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["person", "-changed_at"], name="stage_change_latest")]


class RestrictedPerson(models.Model):
    """This person's records are closed to all but the named people on the allow-list."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="restrictions")
    reason = models.CharField(max_length=300)
    set_by = models.ForeignKey(Practitioner, null=True, on_delete=models.PROTECT, related_name="+")
    set_at = models.DateTimeField()
    lifted_at = models.DateTimeField(null=True)


class HiddenAddress(models.Model):
    """Where this person can be found is closed to all but named people."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="hidden_addresses")
    set_by = models.ForeignKey(Practitioner, null=True, on_delete=models.PROTECT, related_name="+")
    set_at = models.DateTimeField()
    lifted_at = models.DateTimeField(null=True)


class Conflict(models.Model):
    """A practitioner who is connected to a person and is therefore denied everything about them.

    Declared by the practitioner, or detected from their own details (`detected`; then `answer` says what a governance
    lead or manager of their agency made of it: nothing yet, confirmed, lifted).
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    practitioner = models.ForeignKey(Practitioner, on_delete=models.PROTECT, related_name="conflicts")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="conflicts")
    reason = models.CharField(max_length=300)
    declared_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    detected = models.BooleanField(default=False, db_default=False)
    answer = models.CharField(max_length=10, choices=ConflictAnswer, blank=True, db_default="")
    answered_at = models.DateTimeField(null=True)
    answered_by = models.ForeignKey(Practitioner, null=True, on_delete=models.PROTECT, related_name="+")
    answered_because = models.CharField(max_length=1000, blank=True, db_default="")

    class Meta:
        indexes = [models.Index(fields=["practitioner"], name="conflict_practitioner")]


class OwnDetails(models.Model):
    """What a practitioner says of themselves, so that a conflict of interest is found that nobody declared.

    Read by themselves and by the gate, by nobody else: not by their manager, not by a governance lead.
    """

    practitioner = models.OneToOneField(
        Practitioner, primary_key=True, on_delete=models.PROTECT, related_name="own_details"
    )
    given_name = models.CharField(max_length=80)
    surnames = ArrayField(models.TextField(), help_text="Folded: see gate.folded. Former ones too.")
    born_on = models.DateField()
    postcode = models.CharField(max_length=10, help_text="Folded: no space, capitals.")
    said_at = models.DateTimeField()

    class Meta:
        verbose_name_plural = "own details"
        default_permissions = ()
