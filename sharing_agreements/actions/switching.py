"""Switching the partnership's law packs."""

from django.db import transaction

from sharing_agreements import permissions
from sharing_agreements.models import Post, SwitchedOffPack
from sharing_agreements.refusals import require


@transaction.atomic
def switch_pack(*, pack: str, reason: str, by: Post) -> None:
    """Off when it is on, on when it is off. Agreements already proposed keep what they rest on."""
    require(permissions.why_not_govern(by=by))
    gone, _ = SwitchedOffPack.objects.filter(pack=pack).delete()
    if not gone:
        SwitchedOffPack.objects.create(pack=pack, reason=reason[:300], switched_by=by.practitioner)
