"""Issuing the key that seals unsent reports on a device."""

import datetime
import secrets
from uuid import UUID

from django.db import transaction

from referrals.models import DeviceKey
from referrals.models.device_key import SEALS_NOTHING_AFTER
from sharing_agreements.models import Post

KEY_BYTES = 32


@transaction.atomic
def issue_key(*, device: UUID, by: Post, now: datetime.datetime) -> bytes:
    """This practitioner's key on this device, the same one each time while anything sealed with it may be left.

    A key out of use makes room for the next: how many rows a practitioner has is bounded by the devices of four days.
    """
    own = DeviceKey.objects.select_for_update().filter(practitioner_id=by.practitioner_id)
    spent = own.filter(issued_at__lt=now - SEALS_NOTHING_AFTER).order_by("issued_at")
    held = own.filter(device=device).first() or spent.first()
    if held is None:
        made = {"key": secrets.token_bytes(KEY_BYTES), "issued_at": now}
        held, _ = DeviceKey.objects.get_or_create(practitioner_id=by.practitioner_id, device=device, defaults=made)
    elif held.issued_at < now - SEALS_NOTHING_AFTER:
        held.device, held.key = device, secrets.token_bytes(KEY_BYTES)
    held.issued_at = now
    held.save(update_fields=["device", "key", "issued_at"])
    return bytes(held.key)
