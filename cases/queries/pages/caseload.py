"""Whose families are mine: the caseload of a practitioner, and that of a manager's or coordinator's agency."""

import datetime
from collections.abc import Container, Iterable
from dataclasses import dataclass
from itertools import chain
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet

from cases.lifecycle import TO_BE_LED
from cases.models import Case, ChildInCase, Cover, LeadAssignment, TeamMember
from cases.queries.pages.known import KnownPeople, family_name, known_as
from cases.queries.pages.leading import Contact, Leading, assignments_of, covers_now, leading_from
from cases.queries.pages.paging import mark, older_than
from cases.queries.standing import latest_levels
from cases.vocabulary import CaseState
from sharing_agreements.models import Identity, Post
from sharing_agreements.queries import accounts_of, best_accounts, same_people
from sharing_agreements.vocabulary import Role

OVERSEERS = frozenset({Role.MANAGER, Role.COORDINATOR})
"""Roles that see all their agency's cases and flags; everybody else those of their own families."""
MINE_READ = 300
NO_LEAD = "no_lead"
PAGE = 25


@dataclass(frozen=True)
class CaseLine:
    """One case in a list."""

    case: Case
    name: str
    children: list[ChildInCase]
    leading: Leading
    level: int | None
    ended: frozenset[UUID] = frozenset()
    """Children who have died, or will not be born: nothing is asked about them."""

    def stands(self, states: Container[str]) -> bool:
        """Whether a child is in one of these states; whoever has died is in none."""
        return any(child.state in states for child in self.children if child.whom not in self.ended)

    @property
    def waiting_since(self) -> datetime.datetime:
        """When the first child came to where it stands."""
        return min((child.since for child in self.children), default=self.case.recorded_at)

    @property
    def family(self) -> UUID:
        """Whose case it is; a case without a family does not exist, and the type says so here."""
        return self.case.family_id or self.case.pk

    @property
    def state(self) -> str:
        """The state of the child furthest from the end of the work."""
        return min((CaseState(child.state) for child in self.children), key=STATES.index, default=CaseState.CLOSED)

    @property
    def state_words(self) -> str:
        """The same in words."""
        return CaseState(self.state).label

    @property
    def lead(self) -> Contact | None:
        """Who leads."""
        return self.leading.lead


STATES = [
    CaseState.OFFERED,
    CaseState.WAITING,
    CaseState.ASSESSING,
    CaseState.PLAN_ACTIVE,
    CaseState.STEPPED_DOWN,
    CaseState.STEPPED_UP,
    CaseState.DECLINED,
    CaseState.CLOSED,
]


def my_case_ids(post: Post, *, today: datetime.date) -> set[UUID]:
    """Cases this practitioner leads, covers, is asked to lead, or helps in as a team member."""
    me = {"practitioner": post.practitioner_id}
    said_yes = Q(answer__isnull=True) | Q(answer__accepted=True)
    not_over = Q(ended_on__isnull=True) | Q(ended_on__gte=today)
    led = ChildInCase.objects.visible().filter(lead_no=post.practitioner.no)
    asked = LeadAssignment.objects.visible().filter(said_yes, ended_at__isnull=True, **me)
    covers = Cover.objects.visible().filter(starts_on__lte=today, ends_on__gte=today, ended_at__isnull=True, **me)
    team = TeamMember.objects.visible().filter(not_over, said_yes, **me)
    cases = (
        rows.order_by("-recorded_at").values_list("case_id", flat=True)[:MINE_READ]
        for rows in (led, asked, covers, team)
    )
    return set(chain.from_iterable(cases))


def cases_for(post: Post, *, today: datetime.date) -> QuerySet[Case]:
    """The caseload: one's own families; for a manager or coordinator also those the agency owns or was sent."""
    mine = Q(pk__in=my_case_ids(post, today=today))
    whole = Q(owner=post.agency_id) | Q(sent_to=post.agency_id) if post.role in OVERSEERS else Q()
    found: QuerySet[Case] = Case.objects.visible().filter(mine | whole if whole else mine)
    return found


def with_child_in(states: Iterable[str]) -> Exists:
    """Of a case: a child stands in one of these states and, as far as may be seen, has not died."""
    died = Identity.objects.filter(person=OuterRef("person"), has_died=True)
    return Exists(ChildInCase.objects.filter(~Exists(died), case=OuterRef("pk"), state__in=list(states)))


def to_be_led() -> Q:
    """Of a case: the family waits for a lead, or the work runs and nobody leads it."""
    return Q(with_child_in(TO_BE_LED), lead_no__isnull=True)


def with_state(cases: QuerySet[Case], states: Iterable[str]) -> QuerySet[Case]:
    """Those with a child in one of these states."""
    return cases.filter(Exists(ChildInCase.objects.filter(case=OuterRef("pk"), state__in=list(states))))


def lines_for(cases: list[Case], *, for_post: Post, today: datetime.date) -> list[CaseLine]:
    """Names, children, lead and level of each case of a page. The same few queries for any number of cases."""
    children = list(ChildInCase.objects.visible().filter(case__in=cases).order_by("recorded_at"))
    people, wanted = [child.whom for child in children], [case.pk for case in cases]
    anchors = same_people(people)
    accounts, assignments, covers, levels_read = (
        list(accounts_of(anchors)),
        list(assignments_of(wanted)),
        list(covers_now(wanted, today)),
        list(latest_levels(people)),
    )
    known = known_as(best_accounts(accounts, people, anchors, for_post=for_post), today=today)
    leading = leading_from(wanted, children, assignments, covers)
    levels = {one.person_id: one.level for one in levels_read if one.person_id}
    return [
        _line(case, [c for c in children if c.case_id == case.pk], known, leading[case.pk], levels) for case in cases
    ]


def _line(
    case: Case, children: list[ChildInCase], known: KnownPeople, leading: Leading, levels: dict[UUID, int]
) -> CaseLine:
    highest = max((levels[child.whom] for child in children if child.whom in levels), default=None)
    people = [child.whom for child in children]
    ended = frozenset(person for person in people if known[person].has_died)
    return CaseLine(case, family_name(people, known), children, leading, highest, ended)


@dataclass(frozen=True)
class CaseloadPage:
    """Some of the caseload, and where the next page begins."""

    lines: list[CaseLine]
    older: str


def caseload_page(post: Post, *, today: datetime.date, state: str, after: str) -> CaseloadPage:
    """Twenty-five families, newest case first. `after` is the `older` of the page before; nonsense is page one.

    `state` is where a child stands, or NO_LEAD for families without a lead practitioner.
    """
    cases = cases_for(post, today=today)
    if state == NO_LEAD:
        cases = cases.filter(to_be_led())
    elif state:
        cases = with_state(cases, [state])
    rows = list(older_than(cases, "recorded_at", after).order_by("-recorded_at", "-id")[: PAGE + 1])
    older = mark(rows[PAGE - 1].recorded_at, rows[PAGE - 1].pk) if len(rows) > PAGE else ""
    return CaseloadPage(lines_for(rows[:PAGE], for_post=post, today=today), older)
