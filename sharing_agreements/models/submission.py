"""What was already done for a form's key, so that sending twice does it once."""

import uuid

from django.db import models

from sharing_agreements.models.practitioner import Practitioner


class Submission(models.Model):
    """One answered form. Kept 7 days; holds only where the answer led, never what was typed."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    practitioner = models.ForeignKey(Practitioner, on_delete=models.PROTECT, related_name="+")
    key = models.UUIDField()
    body_digest = models.CharField(max_length=64)
    answer = models.CharField(max_length=200)
    made_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["practitioner", "key"], name="a_form_is_answered_once")]
