"""How things stand: whose case, who leads, who may act, what was answered. Each read is keyed."""

import datetime
from collections.abc import Iterable
from uuid import UUID

from django.db import connection
from django.db.models import Exists, OuterRef, QuerySet

from cases import lifecycle, rules
from cases.lifecycle import Hand
from cases.models import (
    Answer,
    Case,
    CaseMove,
    ChildInCase,
    ChildLevel,
    ConsentToHelp,
    Cover,
    FamilyMember,
    LeadAssignment,
    Meeting,
    MeetingInvitation,
    Need,
    Outcome,
    SignOff,
    StepUp,
    StepUpAnswer,
)
from cases.vocabulary import CHILD_PARTS, STEP_UP_SETTLED, CaseState, StepUpResult
from sharing_agreements.models import Agency, Post, Practitioner
from sharing_agreements.queries import same_people
from sharing_agreements.vocabulary import AgencyType, Role
from sharing_agreements.working_time import LONDON


def case_for(people: Iterable[UUID]) -> Case | None:
    """The newest case, visible to the principal, in which somebody still works with one of these people."""
    child = (
        ChildInCase.objects.visible()
        .filter(person_id__in=list(same_people(people)), state__in=lifecycle.WORKING)
        .select_related("case")
        .order_by("-recorded_at")
        .first()
    )
    return child.case if child else None


def open_family_case(family: UUID) -> Case | None:
    """The newest case of a family in which somebody still works with a child."""
    child = (
        ChildInCase.objects.visible()
        .filter(family_id=family, state__in=lifecycle.WORKING)
        .select_related("case")
        .order_by("-recorded_at")
        .first()
    )
    return child.case if child else None


def children_of(case: Case) -> list[ChildInCase]:
    """Every child in a case, as far as visible, longest there first."""
    return list(ChildInCase.objects.filter(case=case).order_by("recorded_at", "id"))


def adults_of(family: UUID | None) -> list[UUID]:
    """The adults who belong to a family today, as far as visible."""
    if family is None:
        return []
    members = FamilyMember.objects.filter(family_id=family, to_date__isnull=True).exclude(part__in=CHILD_PARTS)
    return [member.whom for member in members]


def people_of(case: Case) -> list[UUID]:
    """The children somebody still works with, and the family's adults."""
    working = [c.whom for c in children_of(case) if c.state in lifecycle.WORKING]
    return sorted({*working, *adults_of(case.family_id)})


def hands_of(by: Post, child: ChildInCase, now: datetime.datetime) -> frozenset[Hand]:
    """In which capacities this post acts on this child's case now."""
    me = by.practitioner.no
    is_worker = me in child.workers
    covers = is_worker and _covers(by, child, now)
    asked = LeadAssignment.objects.filter(
        case_id=child.case_id, practitioner_id=by.practitioner_id, ended_at__isnull=True, answer__isnull=True
    ).values_list("pk", flat=True)
    return rules.hands(
        by.role,
        is_lead=child.lead_no == me,
        is_cover=covers,
        is_asked=is_worker and bool(asked),
        is_worker=is_worker,
        is_receiver=bool(
            StepUp.objects.filter(person_id=child.whom, sent_to_id=by.agency_id).values_list("pk", flat=True)
        ),
    )


def _covers(by: Post, child: ChildInCase, now: datetime.datetime) -> bool:
    day = now.astimezone(LONDON).date()
    found = Cover.objects.filter(
        case_id=child.case_id,
        practitioner_id=by.practitioner_id,
        starts_on__lte=day,
        ends_on__gte=day,
        ended_at__isnull=True,
    )
    return bool(found.values_list("pk", flat=True))


def accepted_assignment(case: Case) -> LeadAssignment | None:
    """The asking that made the present lead the lead."""
    yes = Answer.objects.filter(assignment=OuterRef("pk"), accepted=True)
    return (
        LeadAssignment.objects.filter(Exists(yes), case=case)
        .select_related("practitioner", "agency", "answer")
        .order_by("-answer__recorded_at")
        .first()
    )


def current_lead(case: Case) -> Practitioner | None:
    """Who leads the case now: the lead the facts of any child of it name."""
    for child in children_of(case):
        if child.state in lifecycle.WORKING and child.lead_no:
            return Practitioner.objects.get(no=child.lead_no)
    return None


def early_help_service(near: Agency) -> Agency:
    """The early help service of a district; the agency itself where the district has none."""
    if near.type == AgencyType.EARLY_HELP:
        return near
    found = Agency.objects.filter(type=AgencyType.EARLY_HELP, district=near.district).order_by("no").first()
    return found or near


def holds_post(
    practitioner: Practitioner,
    agency: Agency,
    roles: Iterable[Role],
    now: datetime.datetime,
) -> bool:
    """Whether somebody holds a post with one of these roles at an agency today."""
    day = now.astimezone(LONDON).date()
    return Post.objects.held_on(day).filter(practitioner=practitioner, agency=agency, role__in=list(roles)).exists()


def holds_any_post(practitioner: Practitioner, agency: Agency, now: datetime.datetime) -> bool:
    """Whether somebody works at an agency today."""
    return holds_post(practitioner, agency, Role, now)


def leads_may_see(agency: Agency, case: Case) -> bool:
    """Whether an agreement in force lets lead practitioners of this agency read cases of this case's owner."""
    with connection.cursor() as cursor:
        cursor.execute("select gate.leads_may_see(%s, %s)", [agency.pk, case.owner_id])
        return bool(cursor.fetchone()[0])


def is_answered(**question: object) -> bool:
    """Whether a question (assignment=, team_member= or sign_off=) has an answer."""
    return bool(Answer.objects.filter(**question).values_list("pk", flat=True))


def is_invited(post: Post, meeting: Meeting) -> bool:
    """Whether this practitioner is asked to a meeting, for the agency they act for."""
    asked = MeetingInvitation.objects.filter(meeting=meeting, practitioner=post.practitioner_id, agency=post.agency_id)
    return bool(asked.values_list("pk", flat=True))


def signed_off(sign_off: SignOff, now: datetime.datetime) -> bool:
    """Whether a manager agreed, not longer ago than a yes lasts."""
    answer = Answer.objects.filter(sign_off=sign_off, accepted=True).first()
    return answer is not None and now - answer.recorded_at <= rules.SIGN_OFF_LASTS


def step_up_results(step_up: StepUp) -> list[StepUpResult]:
    """What was said of a step up so far, oldest first."""
    answers = StepUpAnswer.objects.filter(step_up=step_up).order_by("recorded_at", "id")
    return [StepUpResult(result) for _, result in answers.values_list("pk", "result")]


def step_up_settled(step_up: StepUp) -> bool:
    """Whether nobody waits for social care any more: they have it, or it was taken back."""
    return bool(STEP_UP_SETTLED & set(step_up_results(step_up)))


def stepped_up_child(step_up: StepUp) -> ChildInCase | None:
    """The child in a case whom a step up is about; None when it has no case or the principal no part in it."""
    return next(iter(ChildInCase.objects.raw("select * from gate.stepped_up_child(%s)", [step_up.pk])), None)


def earlier_step_downs(child: ChildInCase) -> list[datetime.date]:
    """The days on which this child was stepped down before."""
    moves = CaseMove.objects.filter(person_id=child.whom, to_state=CaseState.STEPPED_DOWN)
    return [move.happened_on for move in moves]


def need_states(child: ChildInCase) -> list[rules.NeedState]:
    """The child's own needs and the family's, with whether an outcome was reached or a reason given."""
    needs = [
        n
        for n in Need.objects.filter(case_id=child.case_id)
        if n.person_id in {None, child.whom} and (child.whom in n.about or not n.about)
    ]
    reached = {o.need_id for o in Outcome.objects.filter(need__in=[n.pk for n in needs], reached_on__isnull=False)}
    return [rules.NeedState(n.title, n.pk in reached, n.ended_because) for n in needs]


def latest_levels(people: Iterable[UUID]) -> QuerySet[ChildLevel]:
    """The level of need set last for each person, as far as visible."""
    rows: QuerySet[ChildLevel] = ChildLevel.objects.visible().filter(person_id__in=list(people))
    return rows.order_by("person_id", "-recorded_at", "-id").distinct("person_id")


def latest_consents(people: Iterable[UUID]) -> dict[UUID, ConsentToHelp]:
    """What each person said last about receiving help, as far as visible."""
    rows = ConsentToHelp.objects.filter(person_id__in=list(people))
    latest = rows.order_by("person_id", "-recorded_at", "-id").distinct("person_id")
    return {row.person_id: row for row in latest}


def agrees_to_sharing(person: UUID, *, today: datetime.date) -> bool:
    """Whether somebody agrees to sharing on a day, by the facts on the rows that place them in the family or case."""
    return any(
        rows.filter(person_id=person, consent_until__gte=today).exists()
        for rows in (FamilyMember.objects.all(), ChildInCase.objects.all())
    )


def not_safe_to_tell(people: Iterable[UUID]) -> set[UUID]:
    """Whom of these people nothing may be sent to, whether or not the principal may read why.

    Needs a principal who may act with every one of them; raises a database error otherwise. Of nobody, nobody.
    """
    return {person for (person,) in _rows("select gate.not_safe_to_tell(%s::uuid[])", people)}


def kept_apart(people: Iterable[UUID]) -> set[frozenset[UUID]]:
    """Pairs among these people who must not be brought together. Guarded as `not_safe_to_tell`."""
    return {frozenset(pair) for pair in _rows("select * from gate.kept_apart(%s::uuid[])", people)}


def _rows(statement: str, people: Iterable[UUID]) -> list[tuple[UUID, ...]]:
    # Whoever may see nobody of a family still opens its pages, and the database refuses a question about nobody.
    if not (asked := sorted(set(people))):
        return []
    with connection.cursor() as cursor:
        cursor.execute(statement, [asked])
        found: list[tuple[UUID, ...]] = cursor.fetchall()
        return found
