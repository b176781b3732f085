"""The bridge from a decision to the work with families: early help is offered, opened or joined; step up is sent."""

import datetime
from uuid import UUID

from cases.actions import opening
from cases.actions.recording import BASIS
from cases.models import Case, ChildInCase, StepUp, StepUpDetail
from referrals.models import Contact, Decision
from referrals.queries.contacts import OPEN_STATES
from referrals.queries.marks import root_of
from referrals.rules import clocks
from referrals.vocabulary import EarlyHelpWay, Outcome
from sharing_agreements import queries
from sharing_agreements.actions.recording import record_sending
from sharing_agreements.models import Agency, Family, Post
from sharing_agreements.vocabulary import AgencyType
from sharing_agreements.working_time import LONDON


def start(decision: Decision, *, by: Post, now: datetime.datetime) -> None:
    """Do what the outcome says beyond telling people; outcomes without work for `cases` change nothing."""
    match decision.outcome:
        case Outcome.EARLY_HELP:
            _start_early_help(decision, by, now)
        case Outcome.STEP_UP:
            _step_up(decision, by, now)


def case_of_contact(decision: Decision) -> Case | None:
    """The case a brother or sister in the same report was given."""
    earlier = decision.contact.decisions.filter(case__isnull=False, returned=False, held=False)
    first = earlier.exclude(pk=decision.pk).select_related("case").first()
    return first.case if first else None


def _start_early_help(decision: Decision, by: Post, now: datetime.datetime) -> None:
    """Into the case named, else the case of a sibling in this report, else a new one. Work is with the known person."""
    person = root_of(decision.person_id)
    given = {
        "children": [person],
        "reason": decision.team_words,
        "levels": {person: int(decision.level_of_need)},
        "by": by,
        "now": now,
        "source_id": decision.pk,
    }
    case = decision.case or case_of_contact(decision)
    agreed = decision.way == EarlyHelpWay.OPEN
    if case is not None:
        opening.join_case(case=case, agreed=agreed, **given)
    elif agreed:
        case = opening.open_case(family=_family_of(person), **given)
    else:
        case = opening.offer_help(family=_family_of(person), **given)
    decision.case = case
    decision.save(update_fields=["case"])


def _step_up(decision: Decision, by: Post, now: datetime.datetime) -> None:
    """Send the child to social care. The hub owns them until a named person there confirms receipt (users 1.6)."""
    social_care = Agency.objects.filter(type=AgencyType.SOCIAL_CARE, district=by.agency.district).first()
    row = {
        "owner_id": decision.owner_id,
        "author_id": by.practitioner_id,
        "person_id": decision.person_id,
        "sent_to": social_care,
        "hidden_from": decision.hidden_from,
        "happened_on": now.astimezone(LONDON).date(),
        "recorded_at": now,
    }
    sent = StepUp.objects.create(
        **row,
        reason=decision.team_words,
        source_id=decision.pk,
        due_at=clocks.grading_due(now, queries.calendar()),
    )
    StepUpDetail.objects.create(**row, step_up=sent, handover=decision.detail.reason)
    record_sending(what="step up sent to social care", by=by, record_ids=[sent.pk], basis=BASIS, at=now)


def _family_of(person: UUID) -> UUID:
    """The family this person's last case was with, else a new one."""
    known = ChildInCase.objects.visible().filter(person_id=person).order_by("-since").first()
    return known.family_id if known and known.family_id else Family.objects.create().pk


def case_to_join(contact: Contact, person: UUID) -> Case | None:
    """An open case this child may be brought into: their own, that of somebody in the report, or a sibling's new one."""
    people = list(queries.same_people([person, *contact.about]))
    rows = ChildInCase.objects.visible().filter(person_id__in=people, state__in=OPEN_STATES)
    known = rows.select_related("case").order_by("-since").first()
    if known is not None:
        return known.case
    earlier = contact.decisions.filter(case__isnull=False, returned=False, held=False).select_related("case").first()
    return earlier.case if earlier else None
