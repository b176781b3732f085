"""What the views of a family share: who may come in, the family or 404, and what every page of it shows."""

import datetime
from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest
from django.urls import reverse
from django.utils import timezone

from cases.queries.pages.family_top import FamilyTop, family_top
from sharing_agreements.vocabulary import HUB_ROLES, Purpose, Role
from sharing_agreements.web.doors import PractitionerRequest

WORKERS = frozenset({Role.LEAD_PRACTITIONER, Role.TEAM_MEMBER, Role.COORDINATOR, Role.MANAGER})
"""Roles that work with families."""

HUB_FOR_TRIAGE: dict[Role, Purpose] = dict.fromkeys(HUB_ROLES, Purpose.TRIAGE)
READERS = {"purpose": Purpose.EARLY_HELP, "roles": WORKERS | HUB_ROLES, "by_role": HUB_FOR_TRIAGE}
"""Access of the pages that are read: whoever works with families, and the hub for triage."""

DOERS = {"purpose": Purpose.EARLY_HELP, "roles": WORKERS}
"""Access of the pages that do something."""

TABS = (
    ("Family", "show_family"),
    ("People", "list_people"),
    ("Picture", "show_genogram"),
    ("Plan", "show_plan"),
    ("Chronology", "show_chronology"),
    ("Team", "show_team"),
)
PICTURES = {"show_ecomap", "show_needs"}
"""Pages that stand under the tab of the genogram."""


def today() -> datetime.date:
    """Today where the practitioners are."""
    return timezone.localdate()


def find_family(request: PractitionerRequest, family: UUID) -> FamilyTop:
    """The family as this practitioner may see it; 404, as for one that does not exist, when they may see nothing."""
    top = family_top(family, for_post=request.post, today=today())
    if top is None:
        raise Http404
    return top


def page(request: HttpRequest, top: FamilyTop, **more: Any) -> dict[str, Any]:
    """Context of a page of this family."""
    here = request.resolver_match.url_name if request.resolver_match else ""
    here = "show_genogram" if here in PICTURES else here
    tabs = [{"text": text, "href": at(name, top), "current": name == here} for text, name in TABS]
    return {"top": top, "tabs": tabs, "back_href": at("show_family", top), **more}


def at(screen: str, top: FamilyTop | None, **more: Any) -> str:
    """Address of a screen of this family; without one, of a screen that belongs to no family."""
    return reverse(f"cases:{screen}", kwargs={"family": top.family, **more} if top else more)
