"""That somebody is away from a post for some days, and who stands in."""

import uuid

from django.db import models
from django.db.models import F, Q

from sharing_agreements.models.practitioner import Post, Practitioner


class PostCover(models.Model):
    """Cover for one post between two dates: what would be told to its holder is told to whoever covers.

    It opens no record: cover for the families of a lead is a row for each case. Row security: the post's own agency.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    post = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="covers")
    practitioner = models.ForeignKey(Practitioner, on_delete=models.PROTECT, related_name="+", help_text="Who covers.")
    starts_on = models.DateField()
    ends_on = models.DateField()
    reason = models.CharField(max_length=160)
    made_by = models.ForeignKey(Practitioner, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, help_text="When they were back before the last day.")

    class Meta:
        ordering = ["starts_on"]
        constraints = [
            models.CheckConstraint(name="post_cover_ends_after_it_starts", condition=Q(ends_on__gte=F("starts_on"))),
        ]
