"""What the front door adds to My work, whose app knows no checks: context processors (earlyhelp.settings)."""

from typing import Any

from django.http import HttpRequest
from django.utils import timezone

from referrals.models import CheckAnswer
from referrals.permissions import disagreeing
from referrals.permissions.checks import ANSWERERS
from referrals.permissions.notices import WRITERS
from referrals.queries import disagreements
from referrals.queries.checks import answers_not_opened, waiting_for
from referrals.web.disagreements import waiting_lines
from referrals.web.reading_checks import asked_line
from referrals.web.reading_notices import notices_in_my_work
from sharing_agreements.vocabulary import AgencyType


def answers_owed(request: HttpRequest) -> dict[str, Any]:
    """`answers_owed`, `answers_let_out`, `notices_owed` and `disagreements_due`: asked by the pages that show them."""
    return {
        "answers_owed": lambda: _waiting(request),
        "answers_let_out": lambda: _let_out(request),
        "notices_owed": lambda: _notices(request),
        "disagreements_due": lambda: _disagreements(request),
    }


def _waiting(request: HttpRequest) -> list[dict[str, Any]]:
    """What the acting post's agency owes the hub an answer to."""
    post = getattr(request, "post", None)
    if post is None or post.role not in ANSWERERS or post.agency.type == AgencyType.HUB:
        return []
    now = timezone.now()
    return [asked_line(one, now) for one in waiting_for(post)]


def _let_out(request: HttpRequest) -> list[CheckAnswer]:
    """Answers to a hub that their owner let out to the acting post, until it has opened the page that shows them."""
    post = getattr(request, "post", None)
    return answers_not_opened("referrals:shared_with_us") if post and post.role in ANSWERERS else []


def _notices(request: HttpRequest) -> list[dict[str, Any]]:
    """Notices of domestic abuse that this key adult must read, or that this force owes a school."""
    post = getattr(request, "post", None)
    return notices_in_my_work(post, timezone.now()) if post and post.role in WRITERS else []


def _disagreements(request: HttpRequest) -> list[dict[str, Any]]:
    """What the acting post answers of disagreements with the hub's decisions."""
    post = getattr(request, "post", None)
    if post is None or post.role not in disagreeing.HUB or post.agency.type != AgencyType.HUB:
        return []
    return waiting_lines(disagreements.waiting_for(post), post, timezone.now())
