"""Record systems: those of the acting agency with their keys, and the post that a key acts under."""

import datetime

from django.db import connection
from django.db.models import Prefetch, QuerySet

from sharing_agreements.models import Post, RecordSystem, SystemKey
from sharing_agreements.rules.system_keys import KeyShown


def record_systems() -> QuerySet[RecordSystem]:
    """The acting agency's systems, running ones first, with their keys; row security shows no others."""
    keys = SystemKey.objects.select_related("made_by", "revoked_by")
    systems = RecordSystem.objects.select_related("added_by", "ended_by").prefetch_related(Prefetch("keys", keys))
    return systems.order_by("-ended_at", "name")


def is_live(key: SystemKey, today: datetime.date) -> bool:
    """Whether a key opens anything on this day."""
    return key.revoked_at is None and key.expires_on >= today


def post_of_key(shown: KeyShown, today: datetime.date) -> Post | None:
    """The post a program acts under, and that its key was used; None when the key opens nothing."""
    with connection.cursor() as cursor:
        cursor.execute("select gate.post_of_key(%s, %s)", [shown.key, shown.digest])
        post = cursor.fetchone()[0]
    if post is None:
        return None
    return Post.objects.held_on(today).select_related("practitioner", "agency", "team").filter(pk=post).first()
