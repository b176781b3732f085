"""Who else works this hub's queue today."""

import datetime

from sharing_agreements.models import Post
from sharing_agreements.vocabulary import HUB_ROLES


def screeners(post: Post, *, today: datetime.date) -> list[Post]:
    """Posts held today that work the same queue, by name, but the asker's own."""
    rows = Post.objects.held_on(today).filter(agency_id=post.agency_id, role__in=HUB_ROLES)
    others = rows.exclude(practitioner_id=post.practitioner_id).exclude(practitioner__is_active=False)
    return list(others.select_related("practitioner", "agency").order_by("practitioner__name"))
