"""The life of an agreement, row by row. Its state on any day is read from here (sql/0003), so it can be replayed."""

from django.db import models

from sharing_agreements.models.agency import Agency
from sharing_agreements.models.agreement import Agreement
from sharing_agreements.models.practitioner import Practitioner
from sharing_agreements.vocabulary import AgreementState, AgreementVerb


class AgreementMove(models.Model):
    """One thing done to an agreement. Written by the gate alone and never changed.

    Signing and leaving are kept too, although the state may stay what it was. `no` gives the order of moves made in
    one moment; it says nothing about a family, so it may be a plain count.
    """

    no = models.BigAutoField(primary_key=True)
    agreement = models.ForeignKey(Agreement, on_delete=models.PROTECT, related_name="moves")
    verb = models.CharField(max_length=10, choices=AgreementVerb)
    from_state = models.CharField(max_length=12, choices=AgreementState, blank=True)
    to_state = models.CharField(max_length=12, choices=AgreementState)
    moved_at = models.DateTimeField()
    moved_by = models.ForeignKey(Practitioner, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    agency = models.ForeignKey(Agency, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    reason = models.TextField(blank=True)
    digest = models.CharField(max_length=64, blank=True, help_text="SHA-256 of `words`, or of what was signed.")
    words = models.TextField(blank=True, help_text="What was proposed, exactly as its digest was computed.")

    class Meta:
        ordering = ["moved_at", "no"]
        indexes = [models.Index(fields=["agreement", "moved_at", "no"], name="agreement_moves")]
