"""The menu: which screens which roles find at the top of every page."""

from typing import Any, NamedTuple, TypedDict

from django.urls import NoReverseMatch, resolve, reverse

from sharing_agreements.vocabulary import (
    CASEWORK_ROLES,
    HUB_ROLES,
    PARTNERS,
    REPORTING_ROLES,
    SCHOOLS,
    AgencyType,
    Role,
)


class Entry(NamedTuple):
    """A word in the menu, the screen it opens, for whom, and what one finds there."""

    label: str
    url_name: str
    roles: frozenset[Role]
    about: str = ""


class Item(TypedDict):
    """A word in the menu of one role on one page."""

    text: str
    href: str
    about: str
    current: bool
    active: bool


AT_THE_TOP = 8
"""So many words stand in one line at desk width. Where a role has more, the last is More, and the rest are there."""
MORE = "more"

EVERYONE = PARTNERS
LEADS = frozenset({Role.COORDINATOR, Role.LEAD_PRACTITIONER, Role.TEAM_MEMBER, Role.MANAGER})
OVERSEERS = frozenset({Role.COORDINATOR, Role.MANAGER})

QUEUE = "referrals:queue"
CHECKS = "referrals:list_checks"
NOTICES = "referrals:list_notices"
TOLD_OF_NOTICES = SCHOOLS | {AgencyType.POLICE, AgencyType.TRANSPORT_POLICE, AgencyType.SOCIAL_CARE}
"""Agencies that send notices of domestic abuse to schools, or get them."""

SETTERS = frozenset({Role.MANAGER, Role.ADMINISTRATOR})
GOVERNORS = frozenset({Role.GOVERNANCE_LEAD})

MENU = (
    Entry("My work", "cases:my_work", EVERYONE - HUB_ROLES - {Role.ANALYST}, "What needs you today, and why."),
    Entry("Queue", QUEUE, HUB_ROLES | {Role.MANAGER}, "Contacts the hub has to decide, the most urgent first."),
    Entry("Caseload", "cases:caseload", LEADS, "The families of your agency, and those you work with."),
    Entry("Leads", "cases:list_leads", OVERSEERS, "How much each lead carries, and what has stood still."),
    Entry("Flags", "cases:flags", LEADS, "Cases the nightly watch found stalled or forgotten."),
    Entry("My reports", "referrals:my_reports", REPORTING_ROLES, "What you reported, and what became of it."),
    Entry("Checks", CHECKS, LEADS | {Role.SUPERVISOR}, "What the hub asks your agency about people."),
    Entry("Notices", NOTICES, CASEWORK_ROLES - HUB_ROLES, "Domestic abuse the police tell schools of."),
    Entry("Agreements", "sharing_agreements:agreements", GOVERNORS, "What agencies signed to share, and drafts."),
    Entry("Requests", "sharing_agreements:agreement_requests", GOVERNORS, "What people asked to have shared."),
    Entry("Find", "referrals:find", CASEWORK_ROLES, "Ask whether a child or adult is known."),
    Entry("Services", "cases:search_services", LEADS | {Role.ADMINISTRATOR}, "Whom a family can be referred to."),
    Entry("People", "referrals:list_likenesses", HUB_ROLES, "Records that may be of one person."),
    Entry("Practitioners", "sharing_agreements:list_practitioners", GOVERNORS, "What one practitioner can see."),
    Entry("Looks", "cases:looks_by_others", GOVERNORS, "Who of other agencies looked at your records."),
    Entry("Unusual looks", "cases:unusual_looks", GOVERNORS, "Looks of your own people to ask about."),
    Entry(
        "In touch", "referrals:families_in_touch", CASEWORK_ROLES - HUB_ROLES, "Families to look out for after help."
    ),
    Entry(
        "Shared with us",
        "referrals:shared_with_us",
        CASEWORK_ROLES - {Role.REPORTER},
        "Reports of others you may read.",
    ),
    Entry("Cards", "referrals:list_guidance", REPORTING_ROLES, "What to notice and ask, two minutes each."),
    Entry("Agreements", "sharing_agreements:agreements", EVERYONE - GOVERNORS, "What agencies signed to share."),
    Entry("Ask about a family", "cases:ask_about_family", GOVERNORS, "Who looked at the records of somebody who asks."),
    Entry(
        "Emergencies", "sharing_agreements:emergencies", GOVERNORS | {Role.MANAGER}, "Families opened in an emergency."
    ),
    Entry(
        "Conflicts", "sharing_agreements:detected_conflicts", GOVERNORS | {Role.MANAGER}, "Staff who may know a family."
    ),
    Entry(
        "What is missing",
        "referrals:data_quality",
        frozenset({Role.MANAGER}),
        "Records without a name, date or address.",
    ),
    Entry(
        "Unmet needs",
        "cases:list_unmet_needs",
        OVERSEERS,
        "Needs no service could meet.",
    ),
    Entry(
        "Before and after",
        "referrals:show_board",
        frozenset({Role.ANALYST, Role.MANAGER, Role.COORDINATOR, Role.GOVERNANCE_LEAD}),
        "Whether reports about families fell after a plan, in numbers without names.",
    ),
    Entry("Who is away", "cases:list_away", EVERYONE - {Role.ANALYST}, "Who covers for whom."),
    Entry("Hub rules", "referrals:hub_thresholds", SETTERS | {Role.COORDINATOR}, "When repeats go to a manager."),
    Entry("Flag rules", "cases:flag_rules", SETTERS | {Role.COORDINATOR}, "After how long the watch raises a flag."),
    Entry("Assessment form", "cases:assessment_form", SETTERS, "The sections and questions of an assessment."),
    Entry(
        "Old records", "cases:list_retention", frozenset({Role.MANAGER}), "Cases kept for long enough: decide on each."
    ),
    Entry("School terms", "sharing_agreements:school_terms", SETTERS, "Days on which schools are open."),
    Entry(
        "Schools", "sharing_agreements:list_schools", frozenset({Role.ADMINISTRATOR}), "Bring in schools from a file."
    ),
    Entry("Imports", "referrals:list_imports", GOVERNORS | {Role.ADMINISTRATOR}, "Bring in old reports from a file."),
    Entry(
        "Record systems",
        "sharing_agreements:record_systems",
        GOVERNORS | {Role.ADMINISTRATOR},
        "Keys of systems that send reports.",
    ),
    Entry("Mail domains", "referrals:list_mail_domains", frozenset({Role.ADMINISTRATOR}), "Who may report by a code."),
    Entry(
        "Names", "sharing_agreements:name_variants", frozenset({Role.ADMINISTRATOR}), "Names that are short for others."
    ),
    Entry(
        "Jobs",
        "sharing_agreements:stopped_jobs",
        frozenset({Role.ADMINISTRATOR}),
        "Work in the background that stopped.",
    ),
    Entry(
        "E-mails",
        "sharing_agreements:undelivered_notifications",
        frozenset({Role.ADMINISTRATOR}),
        "E-mails that could not be delivered.",
    ),
    Entry("E-mails to me", "sharing_agreements:notifications", frozenset(Role), "Which e-mails you get, and when."),
    Entry("What I looked at", "cases:my_looks", frozenset(Role), "Every page you opened and everything you did."),
)


def everything_for(role: str, path: str, *, agency_type: str = AgencyType.HUB) -> list[Item]:
    """Every screen of a role, in the order of the menu, with the present part marked.

    Left out: a screen that is not built yet, and one whose own access line refuses this role, and what would hold
    nothing: the hub's queue away from the hub, at the hub the list of what hubs ask, and notices to schools anywhere
    but at police, schools and social care.
    """
    items = []
    for entry in MENU:
        is_elsewhere = entry.url_name == (CHECKS if agency_type == AgencyType.HUB else QUEUE)
        is_elsewhere = is_elsewhere or (entry.url_name == NOTICES and agency_type not in TOLD_OF_NOTICES)
        href = address(entry.url_name) if role in entry.roles and not is_elsewhere else ""
        if href and opens(href, role):
            items.append(_item(entry.label, href, entry.about, path))
    return items


def items_for(role: str, path: str, *, agency_type: str = AgencyType.HUB) -> list[Item]:
    """The menu at the top: everything where it fits in a line, else the first words and More."""
    found = everything_for(role, path, agency_type=agency_type)
    if len(found) <= AT_THE_TOP:
        return found
    first, rest = found[: AT_THE_TOP - 1], found[AT_THE_TOP - 1 :]
    more = _item("More", address(MORE), "", path)
    return [*first, {**more, "active": more["active"] or any(item["active"] for item in rest)}]


def more_for(role: str, path: str, *, agency_type: str = AgencyType.HUB) -> list[Item]:
    """What stands under More: every screen that is not in the menu at the top."""
    at_the_top = {item["href"] for item in items_for(role, path, agency_type=agency_type)}
    return [item for item in everything_for(role, path, agency_type=agency_type) if item["href"] not in at_the_top]


def _item(text: str, href: str, about: str, path: str) -> Item:
    return {"text": text, "href": href, "about": about, "current": path == href, "active": is_under(path, href)}


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


def reachable(url_name: str, post: Any) -> str:
    """Where a screen is, as far as the role of this post may open it; nobody is signed in without one."""
    href = address(url_name)
    return href if href and (post is None or opens(href, post.role)) else ""
