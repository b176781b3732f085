"""Issuing the key that seals unsent reports on a device, and taking it back from one."""

import datetime
import secrets
from uuid import UUID

from django.db import transaction

from referrals.models import DeviceKey
from referrals.models.device_key import SEALS_NOTHING_AFTER
from referrals.refusals import DEVICE_REVOKED
from sharing_agreements.models import Post
from sharing_agreements.refusals import Refused, not_yours, require

KEY_BYTES = 32


@transaction.atomic
def issue_key(*, device: UUID, by: Post, now: datetime.datetime, looks_like: str = "") -> bytes:
    """This practitioner's key on this device, the same one each time while anything sealed with it may be left.

    Refused `device_revoked` while something may be left there that was sealed with a key taken back.

    A key out of use makes room for the next: how many rows a practitioner has is bounded by the devices of four days.
    """
    own = DeviceKey.objects.select_for_update().filter(practitioner_id=by.practitioner_id)
    spent = own.filter(issued_at__lt=now - SEALS_NOTHING_AFTER).order_by("issued_at")
    held = own.filter(device=device).first() or spent.first()
    if held is None:
        made = {"key": secrets.token_bytes(KEY_BYTES), "issued_at": now}
        held, _ = DeviceKey.objects.get_or_create(practitioner_id=by.practitioner_id, device=device, defaults=made)
    elif held.issued_at < now - SEALS_NOTHING_AFTER:
        held.device, held.key, held.revoked_at = device, secrets.token_bytes(KEY_BYTES), None
    require(DEVICE_REVOKED if held.revoked_at else None)
    held.issued_at, held.looks_like = now, looks_like[:40]
    held.save(update_fields=["device", "key", "issued_at", "looks_like", "revoked_at"])
    return bytes(held.key)


@transaction.atomic
def revoke_key(*, key: UUID, by: Post, now: datetime.datetime) -> None:
    """Overwrite a key: what waits on that device can be read by nobody any more. Revoking twice revokes once.

    A device without a connection may open it until its own 12 hours are over. Somebody else's key is not found.
    """
    held = DeviceKey.objects.select_for_update().filter(pk=key, practitioner_id=by.practitioner_id).first()
    if held is None:
        raise Refused(not_yours())
    if held.revoked_at is None:
        held.key, held.revoked_at, held.issued_at = secrets.token_bytes(KEY_BYTES), now, now
        held.save(update_fields=["key", "revoked_at", "issued_at"])
