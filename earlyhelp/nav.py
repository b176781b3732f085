"""The menu: which screens which roles find at the top of every page."""

from typing import Any, NamedTuple

from django.urls import NoReverseMatch, resolve, reverse

from sharing_agreements.vocabulary import CASEWORK_ROLES, HUB_ROLES, AgencyType, Role


class Entry(NamedTuple):
    """A word in the menu, the screen it opens, and for whom."""

    label: str
    url_name: str
    roles: frozenset[Role]


EVERYONE = frozenset(Role)
LEADS = frozenset({Role.COORDINATOR, Role.LEAD_PRACTITIONER, Role.TEAM_MEMBER, Role.MANAGER})

QUEUE = "referrals:queue"
CHECKS = "referrals:list_checks"

MENU = (
    Entry("My work", "cases:my_work", EVERYONE - HUB_ROLES - {Role.ANALYST}),
    Entry("Queue", QUEUE, HUB_ROLES | {Role.MANAGER}),
    Entry("My reports", "referrals:my_reports", CASEWORK_ROLES),
    Entry("Checks", CHECKS, LEADS | {Role.SUPERVISOR}),
    Entry("Caseload", "cases:caseload", LEADS),
    Entry("Flags", "cases:flags", LEADS),
    Entry("Find", "referrals:find", CASEWORK_ROLES),
    Entry("People", "referrals:list_likenesses", HUB_ROLES),
    Entry("What is missing", "referrals:data_quality", frozenset({Role.MANAGER})),
    Entry("In touch", "referrals:families_in_touch", CASEWORK_ROLES - HUB_ROLES),
    Entry("Shared with us", "referrals:shared_with_us", CASEWORK_ROLES - {Role.REPORTER}),
    Entry("Cards", "referrals:list_guidance", CASEWORK_ROLES),
    Entry("Agreements", "sharing_agreements:agreements", EVERYONE),
    Entry("Hub rules", "referrals:hub_thresholds", frozenset({Role.COORDINATOR, Role.MANAGER, Role.ADMINISTRATOR})),
    Entry("Emergencies", "sharing_agreements:emergencies", frozenset({Role.GOVERNANCE_LEAD})),
    Entry("Requests", "sharing_agreements:agreement_requests", frozenset({Role.GOVERNANCE_LEAD})),
    Entry("Practitioners", "sharing_agreements:list_practitioners", frozenset({Role.GOVERNANCE_LEAD})),
    Entry("Ask about a family", "cases:ask_about_family", frozenset({Role.GOVERNANCE_LEAD})),
    Entry("Looks", "cases:looks_by_others", frozenset({Role.GOVERNANCE_LEAD})),
    Entry("Unusual looks", "cases:unusual_looks", frozenset({Role.GOVERNANCE_LEAD})),
    Entry("Conflicts", "sharing_agreements:detected_conflicts", frozenset({Role.GOVERNANCE_LEAD, Role.MANAGER})),
    Entry("Record systems", "sharing_agreements:record_systems", frozenset({Role.GOVERNANCE_LEAD, Role.ADMINISTRATOR})),
    Entry("Jobs", "sharing_agreements:stopped_jobs", frozenset({Role.ADMINISTRATOR})),
)


def items_for(role: str, path: str, *, agency_type: str = AgencyType.HUB) -> list[dict[str, Any]]:
    """The menu of a role, with the present part marked.

    Left out: a screen that is not built yet, and one whose own access line refuses this role, and what would hold
    nothing: the hub's queue away from the hub, and at the hub the list of what hubs ask.
    """
    items = []
    for entry in MENU:
        is_elsewhere = entry.url_name == (CHECKS if agency_type == AgencyType.HUB else QUEUE)
        href = address(entry.url_name) if role in entry.roles and not is_elsewhere else ""
        if href and opens(href, role):
            items.append({"text": entry.label, "href": href, "current": path == href, "active": is_under(path, href)})
    return items


def opens(href: str, role: str) -> bool:
    """Whether the screen's access line lets this role in (sharing_agreements.web.doors)."""
    access = getattr(resolve(href).func, "access", None)
    return access is None or role in access.roles


def is_under(path: str, href: str) -> bool:
    """Whether a page belongs to this entry; the front page holds no other."""
    return href != "/" and path.startswith(href)


def address(url_name: str) -> str:
    """Where a screen is; empty when there is none."""
    try:
        return reverse(url_name)
    except NoReverseMatch:
        return ""
