"""What every page knows: the service, who is acting and why, and the menu."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils.safestring import SafeString

from earlyhelp import nav
from earlyhelp.csp import JS_ENABLED
from sharing_agreements.vocabulary import CASEWORK_ROLES, AgencyType

SERVICE_NAME = "Early Help"
JS_ENABLED_LINE = SafeString(JS_ENABLED)  # our own constant; its hash is in the content security policy


POLICE = frozenset({AgencyType.POLICE, AgencyType.TRANSPORT_POLICE})
CALL_999 = "If a child is in immediate danger, call 999."
USE_YOUR_POWERS = "If a child is in immediate danger, use your powers, and tell your supervisor and the duty team."


def page(request: HttpRequest) -> dict[str, Any]:
    """Context for the layouts. Pages before sign-in have no post, hence no menu."""
    post = getattr(request, "post", None)
    purpose = getattr(request, "purpose", None)
    return {
        "service_name": SERVICE_NAME,
        "js_enabled": JS_ENABLED_LINE,
        "acting": post,
        "purpose": getattr(purpose, "label", purpose),
        "nav_items": nav.items_for(post.role, request.path, agency_type=post.agency.type) if post else [],
        "home_url": nav.address("home") or "/",
        "choose_post_url": nav.reachable("sharing_agreements:choose_post", post),
        "writes_as": post.practitioner_id if post and post.role in CASEWORK_ROLES else "",
        "worker_url": "" if settings.DEBUG else nav.address("referrals:offline_worker"),  # unhashed files go stale
        "sign_out_url": nav.address("sharing_agreements:sign_out"),
        "emergency": getattr(request, "emergency", None),
        "emergency_family_url": family_address(request),
        "demonstration": settings.DEMONSTRATION,
        "ask_url": nav.reachable("sharing_agreements:ask_for_sharing", post),
        "find_url": nav.reachable("referrals:find", post),
        "devices_url": nav.reachable("referrals:list_devices", post),
        "why_url": lambda: why_address(request),
        "in_danger": USE_YOUR_POWERS if post and post.agency.type in POLICE else CALL_999,
    }


def why_address(request: HttpRequest) -> str:
    """Where this page says why its records can be seen; asked for at the end of the page, when all are read."""
    looks = getattr(request, "looks", None)
    return reverse("sharing_agreements:explain_page", args=[request.look]) if looks and looks.ids else ""  # type: ignore[attr-defined]


def family_address(request: HttpRequest) -> str:
    """The page of the family that emergency access opens, for a role that has such pages."""
    emergency = getattr(request, "emergency", None)
    if emergency is None or emergency.family_id is None:
        return ""
    href = reverse("cases:show_family", args=[emergency.family_id])
    return href if nav.opens(href, request.post.role) else ""  # type: ignore[attr-defined]
