"""Keep what somebody wants to see of the queue."""

from django.db import transaction

from referrals.models import QueueFilter
from referrals.permissions.hub import why_not_filter
from referrals.rules.queue import Wanted
from sharing_agreements.models import Post
from sharing_agreements.refusals import require


@transaction.atomic
def keep_filter(*, wanted: Wanted, by: Post) -> None:
    """Keep it for this practitioner until they say otherwise. Twice changes nothing."""
    require(why_not_filter(by=by))
    columns = {"whose": wanted.whose or "", "grade": wanted.grade or ""}
    QueueFilter.objects.update_or_create(practitioner_id=by.practitioner_id, defaults=columns)
