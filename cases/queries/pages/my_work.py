"""My work: what waits for this practitioner, in the order they should take it up. Each line has a why and one verb.

The order is that of the users' description: a lead sees new information before overdue reviews, before actions,
families never seen, and prompts; a manager sees sign-offs before families without a lead, before what climbed.
"""

import datetime
from collections.abc import Callable, Iterable, Iterator
from typing import cast
from uuid import UUID

from django.db.models import Q

from cases.lifecycle import RUNNING, TO_BE_LED
from cases.models import (
    Action,
    Assessment,
    Case,
    Event,
    LeadAssignment,
    LeadNotice,
    Meeting,
    MeetingInvitation,
    Note,
    Review,
    SignOff,
    TeamMember,
    Watch,
    WatchPrompt,
)
from cases.queries.overseen import waiting_cases
from cases.queries.pages.caseload import MINE_READ, OVERSEERS, CaseLine, lines_for, my_case_ids
from cases.queries.pages.decided import decided
from cases.queries.pages.desk import Desk, WorkGroup, WorkLine, said
from cases.queries.pages.family_page import last_looks
from cases.queries.pages.plan_concerns import concerns_to_answer
from cases.queries.pages.receipts import receipts, without_receipt
from cases.queries.pages.watch_lines import dropped_away, flags
from cases.queries.quick_notes import quick_notes_sent
from cases.rules import next_review
from cases.vocabulary import FAMILY_CONTACT, ActionStatus, CaseState, EventSource
from sharing_agreements.models import Post
from sharing_agreements.queries import same_people
from sharing_agreements.vocabulary import Role
from sharing_agreements.working_time import LONDON

LINES_SHOWN = 10
NEW_FOR = datetime.timedelta(days=14)
THIS_WEEK = datetime.timedelta(days=7)
OFFERED = frozenset({CaseState.OFFERED})


def my_work(post: Post, *, now: datetime.datetime, today: datetime.date, page: str) -> list[WorkGroup]:
    """What waits for this practitioner. `page` is the family page's route: its last opening says what is new."""
    found = my_case_ids(post, today=today)
    if post.role in OVERSEERS:
        found |= waiting_cases(post, since=now - NEW_FOR, today=today)
    cases = list(Case.objects.visible().filter(pk__in=found))
    desk = Desk(post, now, today, {one.case.pk: one for one in lines_for(cases, for_post=post, today=today)})
    groups = [(title, list(find(desk, page))) for title, find in ORDER[post.role in OVERSEERS]]
    return [WorkGroup(title, lines[:LINES_SHOWN], max(len(lines) - LINES_SHOWN, 0)) for title, lines in groups if lines]


def questions(desk: Desk, page: str) -> Iterator[WorkLine]:
    """Somebody asked me to lead or to join a team, and I have not answered."""
    me = {"practitioner": desk.post.practitioner_id, "answer__isnull": True, "case__in": list(desk.cases)}
    for asked in LeadAssignment.objects.visible().filter(ended_at__isnull=True, **me).order_by("recorded_at"):
        why = f"You are asked to lead since {said(asked.recorded_at.date())}"
        yield desk.line(asked.case_id, why, "Accept or decline", "answer_lead", colour="amber")
    for invited in TeamMember.objects.visible().filter(ended_on__isnull=True, **me).order_by("recorded_at"):
        why = f"You are invited into the team: {invited.part}"
        yield desk.line(
            invited.case_id, why, "Accept or decline", "answer_invitation", record=invited.pk, colour="amber"
        )


def notices(desk: Desk, page: str) -> Iterator[WorkLine]:
    """The hub has new information about a family: nobody contacts them before the hub was rung. No detail is here."""
    rows = LeadNotice.objects.visible().filter(rung_at__isnull=True, withdrawn_at__isnull=True)
    ours = rows.filter(case__in=list(desk.cases), sent_to_no=desk.post.agency.no)
    said: dict[UUID, LeadNotice] = {}
    for notice in ours.order_by("recorded_at")[:MINE_READ]:
        said.setdefault(notice.case_id, notice)
    mine = set(desk.mine)
    for case, notice in said.items():
        if case in mine or desk.post.role in OVERSEERS:
            why = NEW_INFORMATION if case in mine else f"{NEW_INFORMATION} Whoever leads was told."
            yield desk.line(case, why, "I have rung the hub", "ring_hub", record=notice.pk, colour="red")
        else:
            yield desk.line(case, f"{NEW_INFORMATION} The lead was told.", "Look at the family", "show_family")


NEW_INFORMATION = "New information. Ring the hub before you contact the family."


def new_information(desk: Desk, page: str) -> Iterator[WorkLine]:
    """Others recorded something since I last opened the family; a family never opened counts two weeks back."""
    families = {line.family: key for key, line in desk.cases.items() if key in set(desk.mine)}
    looks = last_looks(list(families), page)
    oldest = min((looks.get(family, desk.now - NEW_FOR) for family in families), default=desk.now)
    home_of = _families_of_children(desk, families.values())
    rows = (
        Event.objects.visible()
        .filter(Q(family__in=list(families)) | Q(family__isnull=True, person__in=list(home_of)))
        .filter(recorded_at__gt=oldest, withdrawn_at__isnull=True)
        .exclude(author=desk.post.practitioner_id)
        .exclude(source_kind=EventSource.NOTE, sent_to_practitioner=desk.post.practitioner_id)
        .values_list("id", "family_id", "person_id", "recorded_at", "owner__name")
    )
    found: dict[UUID, list[str]] = {}
    for _, named, person, recorded_at, owner in rows.order_by("-recorded_at")[:MINE_READ]:
        family = named or home_of[person]
        if recorded_at > looks.get(family, desk.now - NEW_FOR):
            found.setdefault(family, []).append(owner)
    for family, owners in found.items():
        new = "1 new record" if len(owners) == 1 else f"{len(owners)} new records"
        why = f"{new} since you looked, from {', '.join(dict.fromkeys(owners))}"
        yield desk.line(families[family], why, "Read what is new", "show_family", colour="red")


def quick_notes(desk: Desk, page: str) -> Iterator[WorkLine]:
    """What somebody noticed about a family of mine and sent me, until I next open the family; two weeks at most.

    Without a lead, whoever oversees the case's agency reads it. Nobody was worried, so nothing here is red.
    """
    since = desk.now - NEW_FOR
    notes = quick_notes_sent(desk.post, desk.cases, since=since, oversees=desk.post.role in OVERSEERS, most=MINE_READ)
    looks = last_looks([line.family for line in desk.cases.values()], page) if notes else {}
    for note in notes:
        case = desk.cases[cast(UUID, note.case_id)]
        if note.recorded_at > looks.get(case.family, since):
            why = f"{note.owner.short_name}, {said(note.recorded_at.astimezone(LONDON).date())}: {note.headline}"
            yield desk.line(case.case.pk, why, "Look at the family", "show_family")


def _families_of_children(desk: Desk, cases: Iterable[UUID]) -> dict[UUID, UUID]:
    """Every anchor of the children of these cases, and the family each is in: a report names no family."""
    homes = {child.whom: desk.cases[key].family for key in cases for child in desk.cases[key].children}
    return {anchor: homes[asked] for anchor, asked in same_people(homes).items()}


def reviews_overdue(desk: Desk, page: str) -> Iterator[WorkLine]:
    """A review or an assessment is late, the latest first."""
    mine = [key for key in desk.mine if desk.stands(key, RUNNING)]
    late: list[tuple[datetime.date, WorkLine]] = []
    for one in Assessment.objects.visible().filter(case__in=mine, finished_at__isnull=True, due_on__lt=desk.today):
        why = f"Assessment was due {said(one.due_on)}"
        late.append((one.due_on, desk.line(one.case_id, why, "Finish the assessment", "show_family", colour="red")))
    last = Review.objects.visible().filter(case__in=mine).order_by("case_id", "-happened_on", "-recorded_at")
    due = _first_reviews(desk, mine) | {one.case_id: one.next_review_on for one in last.distinct("case_id")}
    for case, day in due.items():
        if day and day < desk.today:
            line = desk.line(case, f"Review was due {said(day)}", "Record a review", "record_review", colour="red")
            late.append((day, line))
    yield from (line for _, line in sorted(late, key=lambda pair: pair[0]))


def _first_reviews(desk: Desk, cases: Iterable[UUID]) -> dict[UUID, datetime.date | None]:
    """When the first review of each running plan is due: six weeks after the plan began, as the watch counts."""
    begun = {
        case: [child.since for child in desk.cases[case].children if child.state == CaseState.PLAN_ACTIVE]
        for case in cases
    }
    return {case: next_review(min(since).astimezone(LONDON).date()) for case, since in begun.items() if since}


def meetings(desk: Desk, page: str) -> Iterator[WorkLine]:
    """Meetings of mine that nobody has recorded, and those of the coming week that I am invited to."""
    waiting = Meeting.objects.visible().filter(held__isnull=True, case__in=list(desk.cases))
    ours, mine = waiting.filter(starts_at__lte=desk.now + THIS_WEEK), set(desk.mine)
    asked = MeetingInvitation.objects.filter(practitioner=desk.post.practitioner_id, meeting__in=ours)
    invited = {meeting for _, meeting in asked.values_list("pk", "meeting_id")}
    for one in ours.order_by("starts_at")[:MINE_READ]:
        when = f"{said(one.starts_at.astimezone(LONDON).date())} at {one.starts_at.astimezone(LONDON):%H:%M}"
        if one.starts_at <= desk.now and one.case_id in mine:
            why = f"The meeting of {when} is not recorded"
            yield desk.line(one.case_id, why, "Record it", "record_meeting", record=one.pk, colour="amber")
        elif one.starts_at > desk.now and one.pk in invited:
            why = f"{one.get_meeting_kind_display()}: {when}"
            yield desk.line(one.case_id, why, "See who is invited", "show_team")


def my_actions(desk: Desk, page: str) -> Iterator[WorkLine]:
    """Actions of mine that are overdue or due within seven days."""
    rows = Action.objects.visible().filter(
        doer=desk.post.practitioner_id, status=ActionStatus.OPEN, due_on__lte=desk.today + THIS_WEEK
    )
    for action in rows.filter(case__in=list(desk.cases)).order_by("due_on")[:MINE_READ]:
        late = action.due_on < desk.today
        why = f"{action.title}: {'was due' if late else 'due'} {said(action.due_on)}"
        yield desk.line(
            action.case_id, why, "Change or finish", "change_action", record=action.pk, colour="red" if late else ""
        )


def step_ups(desk: Desk, page: str) -> Iterator[WorkLine]:
    """Children sent to social care, by me or to my agency, whose receipt is not confirmed."""
    agency = desk.post.agency_id
    mine = Q(case__in=desk.mine)
    if desk.post.role in OVERSEERS:
        mine |= Q(case__in=list(desk.cases)) | Q(owner=agency) | Q(sent_to=agency)
    for one in receipts(without_receipt().filter(mine), post=desk.post, now=desk.now, today=desk.today):
        to = one.step.sent_to
        side = f"sent to {to.name}" if to and to.pk != agency else f"from {one.step.owner.name}"
        why = f"Step up {side}, receipt due {said(one.step.due_at.astimezone(LONDON).date())}. {one.why}."
        family = one.step.family_id or one.step.pk
        colour = "red" if one.is_late or one.last else "amber"
        yield WorkLine(family, one.name, why, "Say what became of it", "answer_step_up", one.step.pk, colour)


def never_seen(desk: Desk, page: str) -> Iterator[WorkLine]:
    """Families I lead that nobody has been in contact with."""
    mine = [key for key in desk.mine if desk.stands(key, RUNNING)]
    seen = set(
        Note.objects.visible()
        .filter(case__in=mine, note_kind__in=list(FAMILY_CONTACT))
        .order_by("case_id")
        .distinct("case_id")
        .values_list("case_id", flat=True)
    )
    for key in mine:
        if key not in seen:
            yield desk.line(key, "No contact with the family is recorded", "Add a note", "add_note", colour="amber")


def prompts(desk: Desk, page: str) -> Iterator[WorkLine]:
    """Weeks 4, 12 and 26 of keeping in touch that are due."""
    waiting = (
        WatchPrompt.objects.visible()
        .filter(person__in=[c.person_id for key in desk.mine for c in desk.cases[key].children])
        .filter(answered_on__isnull=True, due_on__lte=desk.today + THIS_WEEK)
        .order_by("due_on")[:MINE_READ]
    )
    watches = dict(
        Watch.objects.visible()
        .filter(pk__in=[p.watch_id for p in waiting], ended_on__isnull=True)
        .values_list("pk", "case_id")
    )
    for prompt in waiting:
        if watches.get(prompt.watch_id) in desk.cases:
            why = f"Keeping in touch, week {prompt.week}: ask how they are by {said(prompt.due_on)}"
            yield desk.line(watches[prompt.watch_id], why, "Say how they are", "answer_prompt", record=prompt.pk)


def sign_offs(desk: Desk, page: str) -> Iterator[WorkLine]:
    """Somebody asks the manager to agree to a move."""
    if desk.post.role != Role.MANAGER:
        return
    waiting = SignOff.objects.visible().filter(case__in=list(desk.cases), answer__isnull=True).order_by("recorded_at")
    for one in waiting.select_related("author")[:MINE_READ]:
        asker = one.author.name if one.author else "Somebody"
        why = f"{asker} asks to move to “{CaseState(one.to_state).label.lower()}”: {one.reason}"
        yield desk.line(one.case_id, why, "Agree or refuse", "answer_sign_off", record=one.pk, colour="amber")


def offers(desk: Desk, page: str) -> Iterator[WorkLine]:
    """Families that were offered help and have not said yes or no, the longest wait first."""
    offered = [line for key, line in desk.cases.items() if desk.stands(key, OFFERED)]
    for line in sorted(offered, key=lambda line: line.waiting_since):
        why = f"Offered {_days_ago(desk, line)}; the family has not answered"
        yield desk.line(line.case.pk, why, "Say what they answered", "show_family", colour="amber")


def _days_ago(desk: Desk, line: CaseLine) -> str:
    days = (desk.today - line.waiting_since.astimezone(LONDON).date()).days
    return {0: "today", 1: "yesterday"}.get(days, f"{days} days ago")


def without_lead(desk: Desk, page: str) -> Iterator[WorkLine]:
    """Families that wait for a lead or have none any more, the longest wait first."""
    waiting = [line for key, line in desk.cases.items() if desk.stands(key, TO_BE_LED) and not line.case.lead_no]
    for line in sorted(waiting, key=lambda line: line.waiting_since):
        days = (desk.today - line.waiting_since.date()).days
        asked = line.leading.asked
        why = f"{line.state_words}, {days} {'day' if days == 1 else 'days'}"
        why += f"; {asked.practitioner.name} is asked to lead" if asked else "; nobody is asked to lead"
        yield desk.line(line.case.pk, why, "Find a lead", "assign_lead", colour="amber")


Find = Callable[[Desk, str], Iterable[WorkLine]]
LEAD_ORDER: list[tuple[str, Find]] = [
    ("Ring the hub first", notices),
    ("Waiting for your answer", questions),
    ("Step up without receipt", step_ups),
    ("Worried about the plan", concerns_to_answer),
    ("Somebody noticed", quick_notes),
    ("New information", new_information),
    ("Review or assessment overdue", reviews_overdue),
    ("Meetings", meetings),
    ("Your actions this week", my_actions),
    ("Decided, and due", decided),
    ("Never seen", never_seen),
    ("Flags", flags),
    ("Keeping in touch", prompts),
]
OVERSEER_ORDER: list[tuple[str, Find]] = [
    ("Ring the hub first", notices),
    ("Waiting for your sign-off", sign_offs),
    ("Waiting for your answer", questions),
    ("Step up without receipt", step_ups),
    ("No lead practitioner", without_lead),
    ("Offered, no answer yet", offers),
    ("Your agency has dropped away", dropped_away),
    ("Flags that climbed", flags),
    ("Worried about the plan", concerns_to_answer),
    ("Somebody noticed", quick_notes),
    ("New information", new_information),
    ("Review or assessment overdue", reviews_overdue),
    ("Meetings", meetings),
    ("Your actions this week", my_actions),
    ("Decided, and due", decided),
]
ORDER = {False: LEAD_ORDER, True: OVERSEER_ORDER}
