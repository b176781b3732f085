"""May this post do this? Row security has already decided what they can read; these say why a verb is refused."""

import datetime
from collections.abc import Iterable
from uuid import UUID

from django.utils import timezone

from cases import lifecycle, queries, refusals, rules
from cases.lifecycle import Hand
from cases.models import (
    Action,
    Case,
    ChildInCase,
    Cover,
    Custody,
    Flag,
    LeadAssignment,
    Meeting,
    PlanConcern,
    RetentionReview,
    SafeContact,
    SignOff,
    StepUp,
    TeamMember,
)
from cases.rules.retention import why_not_say
from cases.vocabulary import ActionStatus, CaseState, MeetingPart, RetentionStatus
from sharing_agreements.models import Agency, Post, PostCover, Practitioner, SharedRecord
from sharing_agreements.refusals import Refusal, not_yours
from sharing_agreements.vocabulary import HUB_ROLES, AgencyType, Role

_OFFERING = frozenset({Hand.HUB, Hand.COORDINATOR, Hand.MANAGER})
_WORKING = frozenset({Hand.LEAD, Hand.COVER, Hand.TEAM})
_LEAD_OR_MANAGER = frozenset({Hand.LEAD, Hand.COVER, Hand.COORDINATOR, Hand.MANAGER})


def why_not_move(*, by: Post, child: ChildInCase, verb: str, today: datetime.datetime) -> Refusal | None:
    """Only a hand of the move, from a state it starts in (lifecycle.py)."""
    return lifecycle.why_not_move(verb, child.state, queries.hands_of(by, child, today))


def why_not_open(*, by: Post, children: Iterable[object], reason: str) -> Refusal | None:
    """The hub, coordinators and managers open cases, about somebody, for a reason."""
    if by.role not in HUB_ROLES | {Role.COORDINATOR, Role.MANAGER}:
        return refusals.NOT_YOUR_MOVE(_OFFERING)
    if not list(children):
        return refusals.NO_CHILDREN
    return None if reason.strip() else refusals.NO_REASON


def why_not_work_on(*, by: Post, case: Case, today: datetime.datetime) -> Refusal | None:
    """Whoever leads, covers or is in the team writes in a case; coordinators, managers and the hub may too."""
    return _needs_hand(by, case, today, _WORKING | _OFFERING, refusals.NOT_WORKING)


def why_not_lead_work(*, by: Post, case: Case, today: datetime.datetime) -> Refusal | None:
    """The team, meetings and reviews are the lead's, their cover's, a coordinator's or a manager's to arrange."""
    return _needs_hand(by, case, today, _LEAD_OR_MANAGER, refusals.NOT_YOUR_MOVE(_LEAD_OR_MANAGER))


def _needs_hand(
    by: Post,
    case: Case,
    today: datetime.datetime,
    hands: frozenset[Hand],
    otherwise: Refusal,
) -> Refusal | None:
    children = [c for c in queries.children_of(case) if c.state in lifecycle.WORKING]
    if not children:
        return refusals.NOT_OPEN
    return None if any(queries.hands_of(by, child, today) & hands for child in children) else otherwise


def why_not_snooze(
    *, by: Post, flag: Flag, until: datetime.date, reason: str, now: datetime.datetime
) -> Refusal | None:
    """An open flag is put off by whoever arranges the work, for a reason, for no longer than the rules allow."""
    if flag.cleared_at is not None:
        return refusals.FLAG_CLEARED
    day = timezone.localdate(now)
    if not day < until <= day + datetime.timedelta(days=rules.SNOOZE_DAYS_AT_MOST):
        return refusals.SNOOZE_TOO_FAR
    if not reason.strip():
        return refusals.NO_REASON
    return why_not_lead_work(by=by, case=flag.case, today=now)


def why_not_climb(*, by: Post, flag: Flag, reason: str, now: datetime.datetime) -> Refusal | None:
    """An open flag is taken to the manager, once and with a reason, by whoever arranges the work."""
    if flag.cleared_at is not None:
        return refusals.FLAG_CLEARED
    if flag.climbed_at is not None:
        return refusals.FLAG_CLIMBED
    if not reason.strip():
        return refusals.NO_REASON
    return why_not_lead_work(by=by, case=flag.case, today=now)


SETTERS = frozenset({Role.COORDINATOR, Role.MANAGER, Role.ADMINISTRATOR})
"""Who sets the numbers of the watch's rules: the same roles as the policy `the_partnership_sets` of sql/0003."""


def why_not_set_threshold(*, by: Post) -> Refusal | None:
    """The partnership's numbers are set by the roles sql/0003 lets change them."""
    return None if by.role in SETTERS else not_yours()


_OVERSEEING = frozenset({Role.COORDINATOR, Role.MANAGER, Role.ADMINISTRATOR})


def why_not_cover_post(*, by: Post, post: Post, covering: Post) -> Refusal | None:
    """Cover for a post is arranged by its holder or whoever oversees at its agency, with a colleague of that agency."""
    if post.agency_id != by.agency_id or covering.agency_id != by.agency_id:
        return not_yours()
    if post.practitioner_id != by.practitioner_id and by.role not in _OVERSEEING:
        return not_yours()
    return refusals.COVERS_THEMSELVES if covering.practitioner_id == post.practitioner_id else None


def why_not_end_post_cover(*, by: Post, cover: PostCover) -> Refusal | None:
    """It is ended by whoever may arrange it."""
    mine = cover.post.practitioner_id == by.practitioner_id or by.role in _OVERSEEING
    return None if mine and cover.post.agency_id == by.agency_id else not_yours()


def why_not_ask_lead(
    *,
    by: Post,
    case: Case,
    practitioner: Practitioner,
    agency: Agency,
    handover: str,
    now: datetime.datetime,
) -> Refusal | None:
    """A lead holds a post where an agreement lets leads see the case; a change of lead needs a handover.

    Nobody is asked before the family said yes for one child at least.
    """
    leading = queries.current_lead(case)
    refusal = _needs_hand(
        by,
        case,
        now,
        _OFFERING | {Hand.LEAD},
        refusals.NOT_YOUR_MOVE({*_OFFERING, Hand.LEAD}),
    )
    if refusal:
        return refusal
    if all(child.state == CaseState.OFFERED for child in queries.children_of(case) if child.state in lifecycle.WORKING):
        return refusals.NOT_ACCEPTED_YET
    if leading and leading.pk == practitioner.pk:
        return refusals.ALREADY_LEAD
    if leading and not handover.strip():
        return refusals.NO_HANDOVER
    if not queries.holds_post(practitioner, agency, {Role.LEAD_PRACTITIONER, Role.MANAGER}, now):
        return refusals.NO_POST
    return None if queries.leads_may_see(agency, case) else refusals.LEAD_SEES_NOTHING


def why_not_answer_lead(*, by: Post, assignment: LeadAssignment) -> Refusal | None:
    """Only whoever was asked answers, once, while the asking stands."""
    if assignment.practitioner_id != by.practitioner_id or assignment.ended_at:
        return refusals.NOT_ASKED
    return refusals.NOT_ASKED if queries.is_answered(assignment=assignment) else None


def why_not_take_back(*, by: Post, assignment: LeadAssignment, now: datetime.datetime) -> Refusal | None:
    """An asking without an answer is taken back by the agency that asked."""
    if assignment.ended_at or queries.is_answered(assignment=assignment):
        return refusals.ANSWERED_ALREADY
    refusal = why_not_lead_work(by=by, case=assignment.case, today=now)
    return refusal or (None if assignment.owner_id == by.agency_id else refusals.ASKED_BY_OTHERS)


def why_not_answer_place(*, by: Post, place: TeamMember) -> Refusal | None:
    """Only whoever was invited answers, once."""
    if place.practitioner_id != by.practitioner_id or place.ended_on:
        return refusals.NOT_ASKED
    return refusals.NOT_ASKED if queries.is_answered(team_member=place) else None


def why_not_sign_off(*, by: Post, sign_off: SignOff) -> Refusal | None:
    """A manager answers, not whoever asked, and once."""
    if by.role != Role.MANAGER:
        return refusals.NOT_A_MANAGER
    if sign_off.author_id == by.practitioner_id:
        return refusals.NOT_YOUR_OWN_SIGN_OFF
    return refusals.ANSWERED_ALREADY if queries.is_answered(sign_off=sign_off) else None


def why_not_settle(*, by: Post, action: Action, today: datetime.datetime) -> Refusal | None:
    """An action still open is settled by its doer, the lead, their cover, a coordinator or a manager."""
    if action.status != ActionStatus.OPEN:
        return refusals.SETTLED_ALREADY
    if action.doer_id == by.practitioner_id:
        return None
    return why_not_lead_work(by=by, case=action.case, today=today)


def why_not_progress(*, by: Post, action: Action, today: datetime.datetime) -> Refusal | None:
    """The doer, and everybody who works with the family, may say how far an action has come."""
    if action.doer_id == by.practitioner_id:
        return None
    return why_not_work_on(by=by, case=action.case, today=today)


def why_not_end_work(
    *,
    child: ChildInCase,
    to: CaseState,
    needed: bool,
    sign_off: SignOff | None,
    now: datetime.datetime,
) -> Refusal | None:
    """Needs have an outcome or a reason, and a manager agreed where one person may not decide alone."""
    refusal = rules.why_not_end(queries.need_states(child))
    if refusal or not needed:
        return refusal
    agreed = sign_off is not None and sign_off.to_state == to and queries.signed_off(sign_off, now)
    return None if agreed else refusals.NO_SIGN_OFF


def why_not_end_cover(*, by: Post, cover: Cover, now: datetime.datetime) -> Refusal | None:
    """Cover that still runs, or has not begun, is ended by whoever arranges the work."""
    if cover.ended_at or cover.ends_on < timezone.localdate(now):
        return refusals.COVER_ENDED
    return why_not_lead_work(by=by, case=cover.case, today=now)


def why_not_record_meeting(*, by: Post, meeting: Meeting, held: bool, now: datetime.datetime) -> Refusal | None:
    """A meeting is recorded once, by whoever arranges the work; it took place only once it has begun."""
    if meeting.held is not None:
        return refusals.MEETING_RECORDED
    if held and meeting.starts_at > now:
        return refusals.MEETING_NOT_BEGUN
    return why_not_lead_work(by=by, case=meeting.case, today=now)


def why_not_add_points(*, by: Post, meeting: Meeting, part: MeetingPart, now: datetime.datetime) -> Refusal | None:
    """The agenda stands until a meeting is recorded, minutes from its beginning; both are the arranger's side's."""
    if part == MeetingPart.AGENDA:
        refusal = refusals.MEETING_RECORDED if meeting.held is not None else None
    elif meeting.held is False:
        refusal = refusals.MEETING_NOT_HELD
    else:
        refusal = refusals.MEETING_NOT_BEGUN if meeting.starts_at > now else None
    return refusal or why_not_lead_work(by=by, case=meeting.case, today=now)


def why_not_reply_to(*, by: Post, meeting: Meeting) -> Refusal | None:
    """Whoever is invited sends reports and apologies until the meeting is recorded."""
    if meeting.held is not None:
        return refusals.MEETING_RECORDED
    return None if queries.is_invited(by, meeting) else refusals.NOT_INVITED


def why_not_hand_copy(*, by: Post, case: Case, person: UUID, now: datetime.datetime) -> Refusal | None:
    """Copies are the lead's side's to hand over, to people of the case to whom it is safe to tell anything."""
    refusal = why_not_lead_work(by=by, case=case, today=now)
    if refusal:
        return refusal
    if person not in queries.people_of(case):
        return refusals.NOT_IN_CASE
    return refusals.NOT_SAFE_TO_TELL if queries.not_safe_to_tell([person]) else None


def why_not_answer_step_up(*, by: Post, step_up: StepUp) -> Refusal | None:
    """The sender or the receiver says what became of it, once it is not settled."""
    if by.agency_id not in {step_up.owner_id, step_up.sent_to_id} and by.role not in HUB_ROLES:
        return refusals.NOT_WORKING
    return refusals.ANSWERED_ALREADY if queries.step_up_settled(step_up) else None


def why_not_withdraw_step_up(*, by: Post, step_up: StepUp, now: datetime.datetime) -> Refusal | None:
    """A refused step up is taken back on the sender's side, by whoever arranges the work of its case."""
    if step_up.case is None or by.agency_id == step_up.sent_to_id:
        return refusals.NOT_WORKING
    refusal = rules.why_not_withdraw(queries.step_up_results(step_up))
    return refusal or why_not_lead_work(by=by, case=step_up.case, today=now)


def why_not_change_people(*, by: Post, family: UUID | None, owner: UUID, now: datetime.datetime) -> Refusal | None:
    """Family details are changed by the agency that wrote them or by whoever works with the family."""
    if by.agency_id == owner:
        return None
    case = queries.open_family_case(family) if family else None
    return why_not_work_on(by=by, case=case, today=now) if case else refusals.NOT_WORKING


def why_not_end_note(*, by: Post, note: SharedRecord) -> Refusal | None:
    """What was written to keep people safe is ended by the agency that wrote it."""
    return None if note.owner_id == by.agency_id else refusals.NOT_YOUR_NOTE


def why_not_end_way(*, by: Post, contact: SafeContact) -> Refusal | None:
    """A way to reach somebody is ended by the agency that wrote it or by the lead."""
    return None if contact.lead_no == by.practitioner.no else why_not_end_note(by=by, note=contact)


def why_not_change_custody(*, by: Post, custody: Custody) -> Refusal | None:
    """What is recorded of somebody's custody is changed by the agency that wrote it or by the lead, until it ends."""
    if custody.ended_on:
        return refusals.CUSTODY_ENDED
    return None if custody.lead_no == by.practitioner.no else why_not_end_note(by=by, note=custody)


def why_not_answer_retention(
    *, by: Post, review: RetentionReview, status: RetentionStatus, today: datetime.date
) -> Refusal | None:
    """Managers of the agency whose case it is; disposal is proposed by one and agreed to by another."""
    if by.role != Role.MANAGER:
        return refusals.NOT_A_MANAGER
    if review.owner_id != by.agency_id:
        return not_yours()
    if review.taken_off_on:
        return refusals.RETENTION_OFF
    return why_not_say(
        now=RetentionStatus(review.status),
        then=status,
        is_due=review.due_on <= today,
        is_proposer=review.proposed_by_id == by.practitioner_id,
    )


def why_not_answer_concern(*, by: Post, concern: PlanConcern) -> Refusal | None:
    """What somebody finds wrong with the plan is answered by whoever leads, once."""
    if concern.answered_on:
        return refusals.ANSWERED_ALREADY
    return None if concern.lead_no == by.practitioner.no else refusals.NOT_YOUR_MOVE({Hand.LEAD})


def why_not_join(
    *, by: Post, case: Case, children: Iterable[object], reason: str, now: datetime.datetime
) -> Refusal | None:
    """Children are brought into a case by the hub, coordinators and managers, and by its lead or their cover.

    The database lets a lead bring in only a child nobody else knows: one born to the family, or new to the area.
    """
    places = [child for child in queries.children_of(case) if child.state in lifecycle.WORKING]
    if any(queries.hands_of(by, place, now) & {Hand.LEAD, Hand.COVER} for place in places):
        if not list(children):
            return refusals.NO_CHILDREN
        return None if reason.strip() else refusals.NO_REASON
    return why_not_open(by=by, children=children, reason=reason)


def why_not_start_assessment(*, by: Post, case: Case, now: datetime.datetime) -> Refusal | None:
    """The lead, or their cover, starts the assessment of a child who waits in a case that is led."""
    waiting = [child for child in queries.children_of(case) if child.state == CaseState.WAITING]
    if not waiting:
        return refusals.NOBODY_WAITS
    found = [why_not_move(by=by, child=child, verb="start_assessment", today=now) for child in waiting]
    return None if None in found else found[0]


def why_not_lift(*, by: Post) -> Refusal | None:
    """Only the hub says that it is safe to tell somebody again."""
    return None if by.role in HUB_ROLES else refusals.ONLY_THE_HUB


def why_not_keep_form(*, by: Post) -> Refusal | None:
    """Administrators, and managers of the early help service, say what assessments ask (row security holds to it)."""
    is_manager = by.role == Role.MANAGER and by.agency.type == AgencyType.EARLY_HELP
    return None if is_manager or by.role == Role.ADMINISTRATOR else refusals.NOT_YOUR_FORM


def why_not_keep_directory(*, by: Post) -> Refusal | None:
    """Coordinators, administrators and managers of the early help service keep the directory (the gate holds to it)."""
    if by.role == Role.COORDINATOR or why_not_keep_form(by=by) is None:
        return None
    return refusals.NOT_YOUR_DIRECTORY
