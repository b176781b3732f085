"""Recording that somebody has read a card of guidance."""

import datetime

from django.db import transaction

from referrals.actions.noticing import JOB
from referrals.models import GuidanceRead
from referrals.rules.guidance import Card
from referrals.rules.school_notices import CARD
from sharing_agreements.actions.owing import owe
from sharing_agreements.models import Post


@transaction.atomic
def read_card(*, card: Card, by: Post, now: datetime.datetime) -> None:
    """This practitioner has read this version. Saying it again keeps the first time.

    Whoever has read the card on notices to schools is briefed: what waits for that is owed to them at once.
    """
    read, is_new = GuidanceRead.objects.get_or_create(
        practitioner_id=by.practitioner_id, card=card.slug, version=card.version, defaults={"read_at": now}
    )
    if is_new and card.slug == CARD:
        owe(job=JOB, key=f"{JOB}:{read.pk}", payload={})
