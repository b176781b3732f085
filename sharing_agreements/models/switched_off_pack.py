"""Law the partnership does not rest agreements on, although it has commenced."""

from django.db import models
from django.utils import timezone

from sharing_agreements.models.practitioner import Practitioner


class SwitchedOffPack(models.Model):
    """A law pack (the name of its file) that is switched off. Deleting the row switches it on again."""

    pack = models.CharField(max_length=60, primary_key=True)
    reason = models.CharField(max_length=300)
    switched_at = models.DateTimeField(default=timezone.now)
    switched_by = models.ForeignKey(Practitioner, on_delete=models.PROTECT, related_name="+")
