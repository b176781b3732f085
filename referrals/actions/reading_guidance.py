"""Recording that somebody has read a card of guidance."""

import datetime

from referrals.models import GuidanceRead
from referrals.rules.guidance import Card
from sharing_agreements.models import Post


def read_card(*, card: Card, by: Post, now: datetime.datetime) -> None:
    """This practitioner has read this version. Saying it again keeps the first time."""
    GuidanceRead.objects.get_or_create(
        practitioner_id=by.practitioner_id, card=card.slug, version=card.version, defaults={"read_at": now}
    )
