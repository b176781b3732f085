"""Agencies and services round a family, as far as the reader may know of them. Sensitive ones are never named."""

import datetime
from collections.abc import Iterable

from cases.models import TeamMember
from cases.presenting.ecomap import Around, Part
from cases.queries.pages.family_page import holders_of, months_held
from cases.queries.pages.family_top import HIDDEN, FamilyTop
from cases.queries.pages.leading import Leading, answer_to, team_of
from cases.queries.pages.places import whereabouts
from sharing_agreements.models import Post
from sharing_agreements.queries import who_holds


def services_of(top: FamilyTop, leading: Leading, *, for_post: Post, today: datetime.date) -> list[Around]:
    """Who leads, who is in the team, where children learn and are looked after, who else holds something."""
    found: dict[str, Around] = {}
    if leading.lead and leading.lead.agency:
        found[leading.lead.agency] = Around(leading.lead.agency, Part.LEAD, f"{leading.lead.name} leads")
    for agency, words in _team(team_of(top.case) if top.case else []).items():
        found.setdefault(agency, Around(agency, Part.TEAM, "; ".join(words)))
    if not any(line.word == HIDDEN for line in top.strip):
        for name, words in _places(top, today).items():
            found.setdefault(name, Around(name, Part.PLACE, "; ".join(words)))
    held = who_holds(top.people)
    for holder in holders_of(held, for_post):
        own = [one for one in held if one.agency_no == holder.no]
        found.setdefault(holder.name, Around(holder.name, Part.HOLDS, months_held(own)))
    return list(found.values())


def _team(members: Iterable[TeamMember]) -> dict[str, list[str]]:
    told: dict[str, list[str]] = {}
    for member in members:
        answer = answer_to(member)
        if member.ended_on is None and answer and answer.accepted and not member.agency.sensitive:
            told.setdefault(member.agency.name, []).append(f"{member.practitioner.name}: {member.part}")
    return told


def _places(top: FamilyTop, today: datetime.date) -> dict[str, list[str]]:
    """Schools and health contacts of today, with whom they are for."""
    told: dict[str, list[str]] = {}
    for person, found in whereabouts(top, today=today).items():
        for stay in found.schools.now:
            told.setdefault(stay.name, []).append(f"school of {top.known[person].name}")
        for stay in found.health.now:
            told.setdefault(stay.name, []).append(f"{stay.what} of {top.known[person].name}")
    return told
