"""Whom a form offers: agencies, and the posts held there today."""

import datetime
from collections.abc import Iterable
from uuid import UUID

from django.db.models import Q, QuerySet

from cases.models import Case
from cases.queries.pages.family_top import FamilyTop
from cases.queries.pages.leading import leading_of, team_of
from sharing_agreements.models import Agency, Post, Practitioner
from sharing_agreements.vocabulary import CASEWORK_ROLES, SCHOOLS, AgencyType, Role

OFFERED = 300
HEALTH_TYPES = (AgencyType.COMMUNITY_HEALTH, AgencyType.GENERAL_PRACTICE, AgencyType.HOSPITAL)


def agencies() -> QuerySet[Agency]:
    """Agencies whose practitioners may be asked; the hub decides and does not lead or join teams."""
    return Agency.objects.exclude(type=AgencyType.HUB).order_by("name")


def asked_first(own: Agency) -> Agency:
    """Where somebody is looked for to begin with: at one's own agency; the hub looks at an early help service."""
    if own.type != AgencyType.HUB:
        return own
    return agencies().filter(type=AgencyType.EARLY_HELP).first() or agencies().first() or own


def social_care() -> QuerySet[Agency]:
    """Children's social care, to which a child may be stepped up."""
    return Agency.objects.filter(type=AgencyType.SOCIAL_CARE).order_by("name")


def schools() -> QuerySet[Agency]:
    """Schools of the partnership, where a child may be on roll."""
    return Agency.objects.filter(type__in=SCHOOLS).order_by("name")


def health_services() -> QuerySet[Agency]:
    """Practices and health services of the partnership, which may look after somebody's health."""
    return Agency.objects.filter(type__in=HEALTH_TYPES, sensitive=False).order_by("name")


def posts_at(
    agency: UUID, *, today: datetime.date, roles: Iterable[Role] = CASEWORK_ROLES, also: Iterable[UUID] = ()
) -> list[Post]:
    """Posts held at an agency today, by name; `also`: those of these posts that are held elsewhere."""
    wanted = Q(agency=agency) | Q(pk__in=list(also))
    held = Post.objects.held_on(today).filter(wanted, role__in=list(roles), practitioner__is_active=True)
    return list(held.select_related("practitioner", "agency").order_by("practitioner__name")[:OFFERED])


def invited_posts(pairs: Iterable[tuple[UUID, UUID]]) -> list[tuple[Practitioner, Agency]]:
    """Practitioner and agency of each pair of keys, in two queries."""
    keys = list(pairs)
    people = Practitioner.objects.in_bulk([who for who, _ in keys])
    homes = Agency.objects.in_bulk([agency for _, agency in keys])
    return [(people[who], homes[agency]) for who, agency in keys if who in people and agency in homes]


def doers(top: FamilyTop, case: Case, *, for_post: Post, today: datetime.date) -> list[tuple[str, str]]:
    """Who may take an action: whoever asks, the lead, their cover, and the team. Key is practitioner and agency."""
    found = {
        f"{for_post.practitioner_id}:{for_post.agency_id}": f"{for_post.practitioner.name}, {for_post.agency.name}"
    }
    leading = leading_of([case.pk], top.places_in_case, today=today)[case.pk]
    for who in (leading.lead, leading.cover):
        if who and who.agency_id:
            found.setdefault(f"{who.practitioner}:{who.agency_id}", f"{who.name}, {who.agency}")
    for member in team_of(case):
        answer = getattr(member, "answer", None)
        if member.ended_on is None and answer and answer.accepted:
            key = f"{member.practitioner_id}:{member.agency_id}"
            found.setdefault(key, f"{member.practitioner.name}, {member.agency.name}")
    return list(found.items())
