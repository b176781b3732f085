"""The key that seals unsent reports on one device. The device forgets it; only its owner's sign-in brings it back."""

import datetime
import uuid

from django.db import models

KEY_LASTS = datetime.timedelta(hours=12)
"""How long a device may hold a key before it asks again."""
DRAFTS_LAST = datetime.timedelta(hours=72)
"""How long an unsent report may lie on a device."""
SEALS_NOTHING_AFTER = KEY_LASTS + DRAFTS_LAST
"""Counted from the last time a key was issued: by then everything it sealed is gone from the device."""


class DeviceKey(models.Model):
    """256 random bits of one practitioner on one device. Row security: that practitioner only.

    The same device gets the same key until nothing sealed with it can be left; then the row gets a new one. A key that
    its practitioner revokes is overwritten at once, and the device gets none until then.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    practitioner = models.ForeignKey("sharing_agreements.Practitioner", on_delete=models.PROTECT, related_name="+")
    device = models.UUIDField(help_text="Made by the browser at random; says nothing about the machine.")
    key = models.BinaryField(max_length=32)
    issued_at = models.DateTimeField(help_text="When the device last asked, or the key was revoked.")
    looks_like = models.CharField(max_length=40, blank=True, help_text="Such as: Android phone. Said by the browser.")
    revoked_at = models.DateTimeField(null=True, help_text="Its practitioner took the key back.")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["practitioner", "device"], name="one_key_per_practitioner_and_device"),
        ]
