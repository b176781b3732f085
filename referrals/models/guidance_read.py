"""That a practitioner has read a card of guidance: which version, when. Kept for good; a new version is read anew."""

import uuid

from django.db import models


class GuidanceRead(models.Model):
    """One practitioner read one version of one card. Row security: that practitioner only; nobody changes a row."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    practitioner = models.ForeignKey("sharing_agreements.Practitioner", on_delete=models.PROTECT, related_name="+")
    card = models.CharField(max_length=60, help_text="The card's folder in referrals/guidance/cards.")
    version = models.PositiveSmallIntegerField(help_text="The number of the file that was read.")
    read_at = models.DateTimeField(help_text="The first time they said so.")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["practitioner", "card", "version"], name="a_version_of_a_card_is_read_once")
        ]
