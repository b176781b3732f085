"""The hub asks other agencies about people of a contact: what the family said first, then question by question."""

import datetime
from dataclasses import dataclass
from uuid import UUID

from django.db import transaction
from django.db.models import F

from cases.vocabulary import ConsentState
from referrals import refusals
from referrals.actions import check_clocks
from referrals.actions.triaging import BASIS, change, enter, row_of
from referrals.models import AgencyCheck, CheckAnswer, ChecksOpening, Contact, ReleaseRequest
from referrals.permissions import checks as permissions
from referrals.permissions.hub import DECIDERS
from referrals.queries.checks import Desk, latest_answer_of_family, wishes_about
from referrals.rules import checks as rules
from referrals.rules import clocks
from referrals.rules.checks import Asked, Opening
from referrals.vocabulary import ContactStep, LooksBack, Urgency
from sharing_agreements import queries
from sharing_agreements.actions.recording import record_sending
from sharing_agreements.models import Agency, Post
from sharing_agreements.refusals import not_now, require
from sharing_agreements.vocabulary import AgencyType, Restriction
from sharing_agreements.working_time import LONDON


@transaction.atomic
def record_family_answer(
    *, contact: Contact, opening: Opening, version: int, by: Post, now: datetime.datetime
) -> ChecksOpening:
    """Keep what the family said about asking other agencies, or why a decider goes on without. A no takes back
    every question nobody has answered."""
    require(permissions.why_not_open_checks(contact=contact, state=opening.state, by=by))
    missing = rules.missing_from(opening)
    require(not_now("opening_not_whole", missing[0][1]) if missing else None)
    change(contact, version=version)
    made: ChecksOpening = ChecksOpening.objects.create(
        **row_of(contact, by, now),
        contact=contact,
        state=opening.state or "",
        said_by=opening.said_by,
        reason=opening.reason,
        lawful_basis=opening.basis or "",
        at=now,
    )
    if opening.state in rules.SAID_NO:
        check_clocks.take_back_unanswered(contact=contact, now=now)
    enter(contact, ContactStep.FAMILY_ANSWER, by, now, text=ConsentState(made.state).label)
    return made


@dataclass(frozen=True)
class Named:
    """Somebody of the contact as the agency is told of them: never where they live."""

    person: UUID
    name: str
    born: str
    is_child: bool


@dataclass(frozen=True)
class Wording:
    """What is asked: the question, the period, and for an adult's health record why."""

    question: str
    looks_back: LooksBack
    adult_reason: str = ""


@transaction.atomic
def ask_agencies(
    *,
    contact: Contact,
    desks: list[Desk],
    people: list[Named],
    wording: Wording,
    version: int,
    by: Post,
    now: datetime.datetime,
) -> list[AgencyCheck]:
    """Put one question about these people to each of these desks. Each gets its own record and its own clock."""
    state = latest_answer_of_family(contact)
    require(permissions.why_not_ask_agencies(contact=contact, state=state, by=by))
    children = sum(one.is_child for one in people)
    kinds = [AgencyType(desk.agency.type) for desk in desks]
    missing = rules.missing_to_ask(
        Asked(kinds, children, len(people) - children, wording.question, wording.adult_reason)
    )
    require(not_now("check_not_whole", missing[0][1]) if missing else None)
    change(contact, version=version)
    return [_ask(contact, desk, people, wording, by, now) for desk in desks]


def _ask(
    contact: Contact, desk: Desk, people: list[Named], wording: Wording, by: Post, now: datetime.datetime
) -> AgencyCheck:
    calendar, urgency = queries.calendar(), Urgency(contact.grade)
    require(refusals.NOBODY_ANSWERS_THERE if desk.agency.no in contact.hidden_from else None)
    made: AgencyCheck = AgencyCheck.objects.create(
        **row_of(contact, by, now) | {"about": [one.person for one in people]},
        sent_to=desk.agency,
        sent_to_practitioner=desk.practitioner,
        contact=contact,
        reference=contact.report.reference,
        named=[{"name": one.name, "born": one.born} for one in people],
        question=wording.question,
        adult_reason=wording.adult_reason,
        looks_back=wording.looks_back,
        urgency=urgency,
        asked_at=now,
        due_at=clocks.check_due(urgency, now, calendar),
        climbs_at=clocks.check_climbs(urgency, now, calendar),
    )
    made.refresh_from_db()
    require(refusals.RING_ABOUT_THEM if made.restricted == Restriction.RESTRICTED else None)
    enter(contact, ContactStep.CHECKED, by, now, text=desk.name)
    record_sending(what="question sent to agency", by=by, record_ids=[made.pk], basis=BASIS, at=now)
    return made


def is_answered(check: AgencyCheck) -> bool:
    """Whether the agency has answered."""
    return CheckAnswer.objects.filter(check_asked=check).exists()


@transaction.atomic
def chase_check(*, check: AgencyCheck, by: Post, now: datetime.datetime) -> None:
    """Remind whoever answers; their list says that the hub has chased."""
    require(permissions.why_not_chase(check=check, is_answered=is_answered(check), by=by))
    _note(check, ContactStep.CHASED, by, now, chased_at=now)


@transaction.atomic
def climb_check(*, check: AgencyCheck, by: Post, now: datetime.datetime) -> None:
    """Tell the manager of an agency whose answer is late: it stands first in their list."""
    require(permissions.why_not_climb(check=check, is_answered=is_answered(check), by=by, now=now))
    _note(check, ContactStep.CLIMBED, by, now, climbed_at=now)


@transaction.atomic
def take_back_check(*, check: AgencyCheck, by: Post, now: datetime.datetime) -> None:
    """The hub no longer asks; the agency reads so."""
    require(permissions.why_not_chase(check=check, is_answered=is_answered(check), by=by))
    _note(check, ContactStep.TAKEN_BACK, by, now, withdrawn_at=now)


def _note(check: AgencyCheck, what: ContactStep, by: Post, now: datetime.datetime, **at: datetime.datetime) -> None:
    """Change a question if it is still as it was read, and keep who did what."""
    changed = AgencyCheck.objects.filter(pk=check.pk, version=check.version).update(**at, version=F("version") + 1)
    require(None if changed else refusals.CHANGED_MEANWHILE)
    name = check.sent_to.short_name if check.sent_to else ""
    enter(check.contact, what, by, now, text=name)


def is_decider(by: Post) -> bool:
    """Whether this post may go on without the family's yes."""
    return by.role in DECIDERS


@transaction.atomic
def ask_release(*, answer: CheckAnswer, agency: Agency, why: str, by: Post, now: datetime.datetime) -> ReleaseRequest:
    """Ask the owner of an answer to let one agency read it. Nothing opens until the owner lets it out.

    Refused `release_asked` while the same waits or is let out as asked, `nobody_answers_there` of an agency that the
    contact is hidden from, of the owner and of the hub itself. After a no, or when that is over,
    it may be asked anew.
    """
    require(permissions.why_not_ask_release(answer=answer, by=by))
    closed = agency.no in answer.hidden_from or agency.pk in {answer.owner_id, answer.sent_to_id}
    require(refusals.NOBODY_ANSWERS_THERE if closed else None)
    require(None if why.strip() else not_now("reason_missing", "Say why they need to read it"))
    before = wishes_about([answer.pk], by=by, agency=agency)[answer.pk]
    require(refusals.RELEASE_ASKED if any(one.waits or one.is_let_out for one in before) else None)
    made: ReleaseRequest = ReleaseRequest.objects.create(
        owner_id=by.agency_id,
        author_id=by.practitioner_id,
        about=answer.about,
        hidden_from=answer.hidden_from,
        happened_on=now.astimezone(LONDON).date(),
        recorded_at=now,
        sent_to_id=answer.owner_id,
        sent_to_practitioner_id=answer.author_id,
        check_answer=answer,
        agency=agency,
        why=why,
        asked_at=now,
    )
    record_sending(what="asked to let an answer out", by=by, record_ids=[made.pk], basis=BASIS, at=now)
    return made
