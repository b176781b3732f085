"""The bridge from a decision to the work with families: early help is offered, opened or joined; step up is sent."""

import datetime
from typing import Any
from uuid import UUID

from cases.actions import opening, people, stepping
from cases.models import Case, ChildInCase
from cases.vocabulary import FamilyPart
from referrals import refusals
from referrals.models import Contact, Decision
from referrals.queries.contacts import OPEN_STATES
from referrals.queries.marks import root_of
from referrals.vocabulary import EarlyHelpWay, Outcome
from sharing_agreements import queries
from sharing_agreements.models import Agency, Family, Post
from sharing_agreements.refusals import Refused
from sharing_agreements.vocabulary import AgencyType


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
    person = root_of(decision.main_person)
    given: dict[str, Any] = {
        "children": [person],
        "reason": decision.team_words,
        "levels": {person: decision.level_of_need},
        "by": by,
        "now": now,
        "source_id": decision.pk,
    }
    case = decision.case or case_of_contact(decision)
    agreed = decision.way == EarlyHelpWay.OPEN
    if case is not None:
        opening.join_case(case=case, agreed=agreed, **given)
    elif agreed:
        case = opening.open_case(family=_family_with(decision, person, by, now), **given)
    else:
        case = opening.offer_help(family=_family_with(decision, person, by, now), **given)
    decision.case = case
    decision.save(update_fields=["case"])


def _step_up(decision: Decision, by: Post, now: datetime.datetime) -> None:
    """Send the child to social care. The hub owns them until a named person there confirms receipt (users 1.6)."""
    social_care = Agency.objects.filter(type=AgencyType.SOCIAL_CARE, district=by.agency.district).first()
    if social_care is None:
        raise Refused(refusals.NO_SOCIAL_CARE)
    stepping.step_up(
        children=[root_of(decision.main_person)],
        to=social_care,
        reason=decision.team_words,
        handover=decision.detail.reason,
        by=by,
        now=now,
        source_id=decision.pk,
    )


def _family_with(decision: Decision, person: UUID, by: Post, now: datetime.datetime) -> UUID:
    """The family this person's last case was with; else a new one of the children and adults of the report."""
    known = ChildInCase.objects.visible().filter(person_id=person).order_by("-since").first()
    before: UUID | None = known.family_id if known else None
    if before:
        return before
    family = Family.objects.create().pk
    report = decision.contact.report
    for child in report.children.all():
        part = FamilyPart.UNBORN if child.is_unborn else FamilyPart.CHILD
        people.add_member(family=family, person=root_of(child.main_person), part=part, by=by, now=now)
    for adult in report.adults.all():
        people.add_member(family=family, person=root_of(adult.main_person), part=FamilyPart.OTHER_ADULT, by=by, now=now)
    return family


def case_to_join(contact: Contact, person: UUID) -> Case | None:
    """An open case for this child: their own, that of somebody in the report, or a sibling's new one."""
    known_as = list(queries.same_people([person, *contact.about]))
    rows = ChildInCase.objects.visible().filter(person_id__in=known_as, state__in=OPEN_STATES)
    given = contact.decisions.filter(case__isnull=False, returned=False, held=False)
    known, earlier = (
        list(rows.select_related("case").order_by("-since")[:1]),
        list(given.select_related("case").order_by("pk")[:1]),
    )
    first: ChildInCase | Decision | None = next(iter([*known, *earlier]), None)
    return first.case if first else None
