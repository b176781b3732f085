"""What somebody at the hub wants to see of the queue, kept from one day to the next."""

from django.conf import settings
from django.db import models

from referrals.vocabulary import QueueGrade, QueueWhose


class QueueFilter(models.Model):
    """One practitioner's own; nobody else reads it (sql/0011). Nothing personal of a family."""

    practitioner = models.OneToOneField(
        settings.AUTH_USER_MODEL, primary_key=True, on_delete=models.PROTECT, related_name="+"
    )
    whose = models.CharField(max_length=10, choices=QueueWhose, blank=True)
    grade = models.CharField(max_length=10, choices=QueueGrade, blank=True)
