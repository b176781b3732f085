"""What the front door adds to My work, whose app knows no checks: a context processor (earlyhelp.settings)."""

from typing import Any

from django.http import HttpRequest
from django.utils import timezone

from referrals.permissions.checks import ANSWERERS
from referrals.queries.checks import waiting_for
from referrals.web.reading_checks import asked_line
from sharing_agreements.vocabulary import AgencyType


def answers_owed(request: HttpRequest) -> dict[str, Any]:
    """`answers_owed`: asked of the database by the one page that shows it."""
    return {"answers_owed": lambda: _waiting(request)}


def _waiting(request: HttpRequest) -> list[dict[str, Any]]:
    """What the acting post's agency owes the hub an answer to."""
    post = getattr(request, "post", None)
    if post is None or post.role not in ANSWERERS or post.agency.type == AgencyType.HUB:
        return []
    now = timezone.now()
    return [asked_line(one, now) for one in waiting_for(post)]
