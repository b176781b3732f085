"""That the parties of an agreement were warned of a date, once for each threshold."""

import uuid

from django.db import models
from django.utils import timezone

from sharing_agreements.models.agreement import Agreement
from sharing_agreements.vocabulary import WarningSort


class AgreementWarning(models.Model):
    """Written by the daily job. It is shown while it still holds; moving the date ends it by itself."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    agreement = models.ForeignKey(Agreement, on_delete=models.PROTECT, related_name="warnings")
    sort = models.CharField(max_length=10, choices=WarningSort)
    due_on = models.DateField()
    days = models.PositiveSmallIntegerField(help_text="The threshold that was reached, in days before the date.")
    made_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["due_on"]
        constraints = [
            models.UniqueConstraint(
                fields=["agreement", "sort", "due_on", "days"], name="an_agreement_warns_once_of_a_threshold"
            ),
        ]
