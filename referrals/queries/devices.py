"""The devices of a practitioner on which unsent reports may wait."""

import datetime

from referrals.models import DeviceKey
from referrals.models.device_key import SEALS_NOTHING_AFTER
from sharing_agreements.models import Post


def keys_of(by: Post, now: datetime.datetime) -> list[DeviceKey]:
    """This practitioner's devices on which something may still wait, the last used first. Never with the key."""
    running = DeviceKey.objects.filter(practitioner_id=by.practitioner_id, issued_at__gte=now - SEALS_NOTHING_AFTER)
    return list(running.defer("key").order_by("-issued_at"))
