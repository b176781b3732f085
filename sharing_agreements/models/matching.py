"""What matching knows beside the records themselves: names that stand for one another, and what agreement weighs."""

import uuid

from django.db import models

from sharing_agreements.vocabulary import VariantReason


class NameVariant(models.Model):
    """A short form, a spelling or another writing of a first name. Both folded: no case, no accents, one word.

    Row security: whoever acts reads it; administrators add and remove rows. One row is one reason on the screen.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    name = models.CharField(max_length=40, help_text="As somebody may say it, such as Molly.")
    stands_for = models.CharField(max_length=40, help_text="What it stands for, such as Mary.")
    why = models.CharField(max_length=10, choices=VariantReason)

    class Meta:
        default_permissions = ()
        constraints = [models.UniqueConstraint(fields=["name", "stands_for"], name="a_name_stands_for_another_once")]


class MatchWeights(models.Model):
    """What each kind of agreement between two accounts weighs. The highest version is in force.

    A weight is a natural logarithm of odds: 1 more makes "the same person" about 2.7 times as likely. A version comes
    from a file in sharing_agreements/matching and is never changed.
    """

    version = models.PositiveIntegerField(primary_key=True)
    weights = models.JSONField(help_text="Code of an agreement to its weight; 'start' is what every pair begins with.")
    likely_from = models.FloatField(help_text="From this sum on: likely the same person.")
    ask_from = models.FloatField(help_text="From this sum on: worth asking a person.")
    show_from = models.FloatField(help_text="From this sum on somebody is shown to whoever looks for a child.")
    how_learned = models.TextField()

    class Meta:
        default_permissions = ()
        verbose_name_plural = "match weights"


class PersonLink(models.Model):
    """Two anchors said to be one person, and whether that was taken back. Written by the gate alone, never removed.

    Row security: hub roles and managers who may read an account of both. Every agency's records stay its own.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    said = models.ForeignKey("sharing_agreements.Person", on_delete=models.PROTECT, related_name="+")
    kept = models.ForeignKey("sharing_agreements.Person", on_delete=models.PROTECT, related_name="+")
    moved = models.ForeignKey(
        "sharing_agreements.Person", on_delete=models.PROTECT, related_name="+", help_text="The anchor that was moved."
    )
    into = models.ForeignKey("sharing_agreements.Person", on_delete=models.PROTECT, related_name="+")
    linked_at = models.DateTimeField()
    linked_by = models.ForeignKey(
        "sharing_agreements.Practitioner", null=True, on_delete=models.PROTECT, related_name="+"
    )
    reason = models.CharField(max_length=300, blank=True)
    unlinked_at = models.DateTimeField(null=True)
    unlinked_by = models.ForeignKey(
        "sharing_agreements.Practitioner", null=True, on_delete=models.PROTECT, related_name="+"
    )
    unlinked_because = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ["-linked_at"]
        default_permissions = ()
