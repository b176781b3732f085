"""Who leads a case, who covers, who is asked, who is in the team."""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from django.db.models import QuerySet

from cases.models import Answer, Case, ChildInCase, Cover, Handover, LeadAssignment, TeamMember
from sharing_agreements.models import Agency, Practitioner

READ = 200
HANDOVER_SHOWN = datetime.timedelta(days=28)
"""How long a new lead finds the handover on top of the family's page; on the team's page it stays. Ours (J)."""


@dataclass(frozen=True)
class Contact:
    """A practitioner as somebody to ring."""

    practitioner: UUID
    name: str
    agency: str
    phone: str
    agency_id: UUID | None = None
    until: datetime.date | None = None


@dataclass(frozen=True)
class Leading:
    """Lead, cover and open question of one case, and the asking by which the lead leads."""

    lead: Contact | None = None
    cover: Contact | None = None
    asked: LeadAssignment | None = None
    lead_by: LeadAssignment | None = None


def assignments_of(cases: Iterable[UUID]) -> QuerySet[LeadAssignment]:
    """Everybody asked to lead these cases, newest first, with their answers and what they were told."""
    rows: QuerySet[LeadAssignment] = LeadAssignment.objects.visible().filter(case__in=list(cases))
    return rows.select_related("answer", "handover__author", "handover__owner", "practitioner", "agency").order_by(
        "-recorded_at"
    )[:READ]


def leading_of(cases: Iterable[UUID], children: Iterable[ChildInCase], *, today: datetime.date) -> dict[UUID, Leading]:
    """Who leads and covers each case, and who is asked. `children` are the cases' children: their facts name the lead.

    One query for any number of cases, and a second where the asking of a lead is not for this reader.
    """
    wanted = list(cases)
    return leading_from(wanted, children, list(assignments_of(wanted)), list(covers_now(wanted, today)))


def leading_from(
    cases: Iterable[UUID], children: Iterable[ChildInCase], assignments: list[LeadAssignment], covers: list[Cover]
) -> dict[UUID, Leading]:
    """The same from assignments and covers that were read."""
    numbers = {child.case_id: child.lead_no for child in children if child.lead_no}
    lead: dict[UUID, Contact] = {}
    lead_by: dict[UUID, LeadAssignment] = {}
    asked: dict[UUID, LeadAssignment] = {}
    for one in assignments:
        answer = answer_to(one)
        if answer is None and one.ended_at is None:
            asked.setdefault(one.case_id, one)
        elif numbers.get(one.case_id) == one.practitioner.no:
            lead.setdefault(one.case_id, contact(one.practitioner, one.agency))
            lead_by.setdefault(one.case_id, one)
    lead |= _unexplained({case: no for case, no in numbers.items() if case not in lead})
    cover = {one.case_id: contact(one.practitioner, one.agency, until=one.ends_on) for one in covers}
    return {case: Leading(lead.get(case), cover.get(case), asked.get(case), lead_by.get(case)) for case in cases}


def _unexplained(numbers: dict[UUID, int]) -> dict[UUID, Contact]:
    """Leads whose assignment the reader may not see: the name, without the agency."""
    if not numbers:
        return {}
    people = {who.no: who for who in Practitioner.objects.filter(no__in=set(numbers.values()))}
    return {case: contact(people[no], None) for case, no in numbers.items() if no in people}


def covers_now(cases: Iterable[UUID], today: datetime.date) -> QuerySet[Cover]:
    """Who covers these cases today."""
    rows: QuerySet[Cover] = Cover.objects.visible().filter(case__in=list(cases), ended_at__isnull=True)
    running = rows.filter(starts_on__lte=today, ends_on__gte=today)
    return running.select_related("practitioner", "agency").order_by("recorded_at")[:READ]


def covers_of(case: Case, *, today: datetime.date) -> QuerySet[Cover]:
    """Cover of a case that runs or is arranged for later, the soonest first."""
    rows: QuerySet[Cover] = Cover.objects.visible().filter(case=case, ends_on__gte=today, ended_at__isnull=True)
    return rows.select_related("practitioner", "agency").order_by("starts_on", "recorded_at")[:READ]


def handover_of(asked: LeadAssignment | None) -> Handover | None:
    """What somebody asked to lead was told by the lead before, as far as this reader may see it."""
    return getattr(asked, "handover", None)


def handover_to(leading: Leading, who: UUID, *, now: datetime.datetime) -> Handover | None:
    """What this lead was told when they took over, for as long as the family's page begins with it."""
    told = handover_of(leading.lead_by)
    answer = answer_to(leading.lead_by) if leading.lead_by else None
    if told is None or answer is None or leading.lead is None or leading.lead.practitioner != who:
        return None
    return told if answer.recorded_at >= now - HANDOVER_SHOWN else None


def contact(who: Practitioner, agency: Agency | None, *, until: datetime.date | None = None) -> Contact:
    """A practitioner as somebody to ring."""
    return Contact(who.pk, who.name, agency.name if agency else "", who.phone, agency.pk if agency else None, until)


def answer_to(question: LeadAssignment | TeamMember) -> Answer | None:
    """The answer to being asked, if there is one this reader may see."""
    return getattr(question, "answer", None)


def team_of(case: Case) -> QuerySet[TeamMember]:
    """Everybody asked into the team, present and past. Sensitive agencies' rows come to nobody but them."""
    rows: QuerySet[TeamMember] = TeamMember.objects.visible().filter(case=case)
    return rows.select_related("answer", "practitioner", "agency").order_by("recorded_at")[:READ]
