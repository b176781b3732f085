"""What a practitioner has on: the caseload, the coordinator's list, and the next things to do. Driven by own keys."""

import datetime
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from uuid import UUID

from django.db.models import Q

from cases import lifecycle
from cases.models import (
    Action,
    Answer,
    Assessment,
    Case,
    ChildInCase,
    ChildLevel,
    Cover,
    LeadAssignment,
    Review,
    SignOff,
    TeamMember,
    WatchPrompt,
)
from cases.queries.standing import latest_levels
from cases.vocabulary import ActionStatus, CaseState
from sharing_agreements.models import Post

CAP = 200
"""No list is longer; a caseload beyond it is a matter for a manager, not for paging (users.md: 3-9 cases a lead)."""


@dataclass
class CaseloadLine:
    """One family on somebody's list: its children, their levels, the next action and the last review."""

    case: Case
    children: list[ChildInCase]
    leads: bool
    levels: dict[UUID, ChildLevel] = field(default_factory=dict)
    next_action: Action | None = None
    next_review_on: datetime.date | None = None


@dataclass(frozen=True)
class WorkLine:
    """One thing to do: why it is on the list, the row it is about, and its day."""

    why: str
    what: str
    row_id: UUID
    case: Case
    due_on: datetime.date | None


def _cases_shared_with(by: Post, today: datetime.date) -> set[UUID]:
    covers = Cover.objects.filter(practitioner_id=by.practitioner_id, starts_on__lte=today, ends_on__gte=today)
    places = TeamMember.objects.filter(practitioner_id=by.practitioner_id, ended_on__isnull=True)
    return {
        c
        for _, c in [
            *covers.values_list("pk", "case_id"),
            *places.values_list("pk", "case_id"),
        ]
    }


def caseload(by: Post, today: datetime.date) -> list[CaseloadLine]:
    """The families this post's holder leads, covers or helps, longest in their state first. Six queries."""
    mine = Q(lead_no=by.practitioner.no) | Q(case_id__in=_cases_shared_with(by, today))
    children = (
        ChildInCase.objects.visible()
        .filter(mine, state__in=lifecycle.WORKING)
        .select_related("case")
        .order_by("since", "id")[:CAP]
    )
    return _lines(list(children), by)


def waiting_for_lead(by: Post) -> list[CaseloadLine]:
    """Families waiting for a lead whose cases this post's agency owns or was sent: the coordinator's list."""
    own = Q(owner_id=by.agency_id) | Q(sent_to_id=by.agency_id)
    children = (
        ChildInCase.objects.visible()
        .filter(own, state__in=[CaseState.OFFERED, CaseState.WAITING])
        .select_related("case")
        .order_by("since", "id")[:CAP]
    )
    return _lines(list(children), by)


def _lines(children: list[ChildInCase], by: Post) -> list[CaseloadLine]:
    by_case: dict[UUID, list[ChildInCase]] = defaultdict(list)
    for child in children:
        by_case[child.case_id].append(child)
    levels = latest_levels(child.whom for child in children)
    actions = _first_open_actions(by_case)
    reviews = _next_reviews(by_case)
    return [
        CaseloadLine(
            case=rows[0].case,
            children=rows,
            leads=any(row.lead_no == by.practitioner.no for row in rows),
            levels={row.whom: levels[row.whom] for row in rows if row.whom in levels},
            next_action=actions.get(case),
            next_review_on=reviews.get(case),
        )
        for case, rows in by_case.items()
    ]


def _first_open_actions(cases: Iterable[UUID]) -> dict[UUID, Action]:
    rows = Action.objects.filter(case_id__in=list(cases), status=ActionStatus.OPEN)
    return {row.case_id: row for row in rows.order_by("case_id", "due_on", "id").distinct("case_id")}


def _next_reviews(cases: Iterable[UUID]) -> dict[UUID, datetime.date | None]:
    rows = Review.objects.filter(case_id__in=list(cases))
    latest = rows.order_by("case_id", "-happened_on", "-recorded_at").distinct("case_id")
    return {row.case_id: row.next_review_on for row in latest}


def work_list(by: Post, today: datetime.date) -> list[WorkLine]:
    """What waits for this person, in the order the lead works it (users.md 3). One query per sort of thing.

    Questions to answer first (asked to lead, invited, sign-offs), then assessments and reviews by their day,
    own actions due within a week, and prompts of families in touch.
    """
    load = caseload(by, today)
    led = [line for line in load if line.leads]
    return [
        *_asked(by),
        *_sign_offs(by),
        *_assessments_due(led, today),
        *_reviews_due(led, today),
        *_actions_due(by, today),
        *_prompts_due(led, today),
    ]


def _asked(by: Post) -> list[WorkLine]:
    me = by.practitioner_id
    lead = list(LeadAssignment.objects.filter(practitioner_id=me, ended_at__isnull=True).select_related("case")[:CAP])
    place = list(TeamMember.objects.filter(practitioner_id=me, ended_on__isnull=True).select_related("case")[:CAP])
    answers = Answer.objects.filter(Q(assignment__in=[a.pk for a in lead]) | Q(team_member__in=[p.pk for p in place]))
    done = {key for answer in answers for key in (answer.assignment_id, answer.team_member_id)}
    return [
        *(WorkLine("Asked to lead", "accept_lead", a.pk, a.case, a.happened_on) for a in lead if a.pk not in done),
        *(WorkLine("Invited to the team", "join_team", p.pk, p.case, p.happened_on) for p in place if p.pk not in done),
    ]


def _sign_offs(by: Post) -> list[WorkLine]:
    if by.role != "manager":
        return []
    asked = SignOff.objects.filter(
        Q(owner_id=by.agency_id) | Q(sent_to_id=by.agency_id), answer__isnull=True
    ).select_related("case")
    return [
        WorkLine("Waiting for your sign-off", "sign_off", s.pk, s.case, s.happened_on)
        for s in asked.order_by("recorded_at")[:CAP]
        if s.author_id != by.practitioner_id
    ]


def _assessments_due(led: list[CaseloadLine], today: datetime.date) -> list[WorkLine]:
    cases = {line.case.pk: line.case for line in led}
    open_ones = Assessment.objects.filter(case_id__in=list(cases), finished_at__isnull=True).order_by("due_on")
    return [
        WorkLine(
            "Assessment overdue" if a.due_on < today else "Assessment due",
            "finish_assessment",
            a.pk,
            cases[a.case_id],
            a.due_on,
        )
        for a in open_ones
    ]


def _reviews_due(led: list[CaseloadLine], today: datetime.date) -> list[WorkLine]:
    soon = today + datetime.timedelta(days=7)
    due = [(line.next_review_on, line) for line in led if line.next_review_on and line.next_review_on <= soon]
    return [
        WorkLine("Review overdue" if day < today else "Review due", "record_review", line.case.pk, line.case, day)
        for day, line in sorted(due, key=lambda pair: pair[0])
        if any(child.state == CaseState.PLAN_ACTIVE for child in line.children)
    ]


def _actions_due(by: Post, today: datetime.date) -> list[WorkLine]:
    soon = today + datetime.timedelta(days=7)
    actions = Action.objects.filter(
        doer_id=by.practitioner_id, status=ActionStatus.OPEN, due_on__lte=soon
    ).select_related("case")
    return [
        WorkLine(
            "Action overdue" if a.due_on < today else "Action due this week",
            "complete_action",
            a.pk,
            a.case,
            a.due_on,
        )
        for a in actions.order_by("due_on", "id")[:CAP]
    ]


def _prompts_due(led: list[CaseloadLine], today: datetime.date) -> list[WorkLine]:
    cases = {line.case.pk: line.case for line in led}
    prompts = WatchPrompt.objects.filter(
        watch__case_id__in=list(cases),
        watch__ended_on__isnull=True,
        answered_on__isnull=True,
        due_on__lte=today,
    ).select_related("watch")
    return [
        WorkLine(
            f"Keeping in touch, week {p.week}",
            "answer_prompt",
            p.pk,
            cases[p.watch.case_id],
            p.due_on,
        )
        for p in prompts.order_by("due_on", "id")
    ]
