"""The pages of a family that are read: ten seconds, people, plan, team."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from cases import rules
from cases.models import NotSafeToTell
from cases.permissions import why_not_answer_step_up, why_not_end_note, why_not_lift
from cases.queries.pages.assessment import assessments_of
from cases.queries.pages.family_copies import objections_of
from cases.queries.pages.family_page import family_page
from cases.queries.pages.family_top import FamilyTop
from cases.queries.pages.leading import (
    Leading,
    answer_to,
    assignments_of,
    covers_of,
    handover_of,
    handover_to,
    leading_from,
    leading_of,
    team_of,
)
from cases.queries.pages.meetings import meetings_of, next_meeting
from cases.queries.pages.own_plans import expected_of, own_plans_of
from cases.queries.pages.people import people_page
from cases.queries.pages.plan import plan_of
from cases.queries.pages.plan_concerns import concerns_of
from cases.queries.pages.safety import SafetyLine
from cases.web.views.doing import now
from cases.web.views.opening import READERS, at, find_family, page, today
from cases.web.views.verbs import HELPERS, LEADERS, hands_at, verbs_for
from cases.web.views.work import FAMILY_PAGE
from sharing_agreements.models import SharedRecord
from sharing_agreements.web.doors import PractitionerRequest, access


@access(**READERS)
@require_safe
def show_family(request: PractitionerRequest, family: UUID) -> HttpResponse:
    """Everything that matters about a family in ten seconds."""
    top = find_family(request, family)
    facts = family_page(top, for_post=request.post, today=today(), page=FAMILY_PAGE)
    verbs = offered(request, top, facts.leading, "show_family")
    may_answer = any(why_not_answer_step_up(by=request.post, step_up=one.step) is None for one in facts.receipts)
    meeting = next_meeting(top.case, now=now())
    more = {
        "page": facts,
        "handover": handover_to(facts.leading, request.post.practitioner_id, now=now()),
        "verbs": verbs,
        "may_answer": may_answer,
        "today": today(),
        "next_meeting": meeting,
    }
    return render(request, "cases/show_family.html", page(request, top, **more))


@access(**READERS)
@require_safe
def list_people(request: PractitionerRequest, family: UUID) -> HttpResponse:
    """The family as a table, and how to reach each of them safely."""
    top = find_family(request, family)
    facts = people_page(top, today=today())
    changeable = {way.pk for line in facts.people for way in line.safe_contact if may_change(request, way)}
    changeable |= {line.row.pk for line in facts.custody if may_change(request, line.row)}
    endable = {line.row.pk for line in facts.safety if may_end(request, line)}
    verbs = offered(request, top, None, "list_people")
    context = page(request, top, page=facts, verbs=verbs, changeable=changeable, endable=endable)
    context["may_change_places"] = any(verb["href"] == at("add_member", top) for verb in verbs)
    return render(request, "cases/list_people.html", context)


@access(**READERS)
@require_safe
def show_plan(request: PractitionerRequest, family: UUID) -> HttpResponse:
    """Needs, outcomes and actions."""
    top = find_family(request, family)
    plan = plan_of(top)
    leading = leading_now(top)
    hands = hands_at(top, request.post, leading)
    may = {"may_plan": bool(hands & HELPERS), "may_lead": bool(hands & LEADERS), "me": request.post.practitioner_id}
    may["my_no"] = request.post.practitioner.no
    too_many = rules.too_many_outcomes(plan.open_outcomes)
    lists = {
        "own_plans": own_plans_of(top),
        "objections": objections_of(top),
        "assessments": assessments_of(top),
        "concerns": concerns_of(top),
    }
    context = page(request, top, plan=plan, too_many=too_many, today=today(), **lists, **may)
    return render(request, "cases/show_plan.html", context | {"verbs": offered(request, top, leading, "show_plan")})


@access(**READERS)
@require_safe
def show_team(request: PractitionerRequest, family: UUID) -> HttpResponse:
    """Who leads, who led before, and who is in the team."""
    top = find_family(request, family)
    case = top.case
    lists = [team_of(case), assignments_of([case.pk]), covers_of(case, today=today())] if case else []
    team, asked, covers = map(list, lists) if lists else ([], [], [])
    running = [cover for cover in covers if cover.starts_on <= today()]
    leading = leading_from([case.pk], top.places_in_case, asked, running)[case.pk] if case else Leading()
    members = [{"row": row, "said": answer_to(row)} for row in team]
    leads = [{"row": row, "said": answer_to(row), "handover": handover_of(row)} for row in asked]
    may_team = bool(hands_at(top, request.post, leading) & LEADERS)
    more = {
        "may_team": may_team,
        "is_quiet": top.keeps_quiet and not may_team,
        "me": request.post.practitioner_id,
        "my_agency": request.post.agency_id,
        "covers": covers,
        "expected": expected_of(case, team, leading) if case else [],
        "meetings": meetings_of(top, now=now()),
    }
    context = page(request, top, page=leading, members=members, leads=leads, **more)
    return render(request, "cases/show_team.html", context | {"verbs": offered(request, top, leading, "show_team")})


def leading_now(top: FamilyTop) -> Leading:
    """Who leads and covers the family's case."""
    return leading_of([top.case.pk], top.places_in_case, today=today())[top.case.pk] if top.case else Leading()


def offered(request: PractitionerRequest, top: FamilyTop, leading: Leading | None, screen: str) -> list[dict[str, str]]:
    """Links to the verbs of a page."""
    found = verbs_for(top, request.post, leading, screen)
    return [{"text": verb.text, "href": at(verb.screen, top)} for verb in found]


def may_end(request: PractitionerRequest, line: SafetyLine) -> bool:
    """Whether this practitioner may end a safety note: its agency, or the hub where only the hub lifts it."""
    if isinstance(line.row, NotSafeToTell):
        return why_not_lift(by=request.post) is None
    return why_not_end_note(by=request.post, note=line.row) is None


def may_change(request: PractitionerRequest, row: SharedRecord) -> bool:
    """Whether row security lets this practitioner change a row: the owning agency, and the lead."""
    return row.owner_id == request.post.agency_id or row.lead_no == request.post.practitioner.no
