"""The bridge from a decision to the work it starts: early help is offered, opened or joined, step up is sent, and
what the hub follows up itself gets somebody and a next step."""

import datetime
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from cases.actions import in_touch, opening, people, stepping
from cases.lifecycle import WORKING
from cases.models import Case, ChildInCase
from cases.vocabulary import CaseState, ConsentState, FamilyPart
from referrals import refusals
from referrals.models import Contact, Decision, FollowUp, HubThreshold
from referrals.queries.contacts import OPEN_STATES
from referrals.queries.marks import root_of
from referrals.rules.deciding import may_go_back
from referrals.vocabulary import EarlyHelpWay, HubRule, Outcome
from sharing_agreements import queries
from sharing_agreements.models import Agency, Family, Post
from sharing_agreements.refusals import Refused
from sharing_agreements.vocabulary import AgencyType
from sharing_agreements.working_time import LONDON


def start(decision: Decision, *, by: Post, now: datetime.datetime) -> None:
    """Do what the outcome says beyond telling people; outcomes without work for `cases` change nothing."""
    match decision.outcome:
        case Outcome.EARLY_HELP:
            _start_early_help(decision, by, now)
        case Outcome.HUB_FOLLOW_UP:
            _follow_up(decision, by, now)
        case Outcome.STEP_UP:
            _step_up(decision, by, now)


def _follow_up(decision: Decision, by: Post, now: datetime.datetime) -> None:
    """The hub takes it on itself: the decider has it until somebody else is named, with the decision's next step."""
    FollowUp.objects.create(
        owner_id=decision.owner_id,
        author_id=decision.author_id,
        person_id=decision.person_id,
        hidden_from=decision.hidden_from,
        happened_on=decision.happened_on,
        recorded_at=now,
        decision=decision,
        whose_id=decision.author_id or by.practitioner_id,
        next_what=decision.next_what,
        next_by=decision.next_by or decision.happened_on,
        began_at=now,
    )


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
    agreed = decision.way == EarlyHelpWay.OPEN or _agreed_to_go_back(decision)
    if case is not None:
        opening.join_case(case=case, agreed=agreed, **given)
        for place in ChildInCase.objects.filter(case=case, person_id=person, state=CaseState.STEPPED_DOWN):
            in_touch.send_back_to_team(child=place, reason=decision.team_words, by=by, now=now)
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


def _agreed_to_go_back(decision: Decision) -> bool:
    """Whether the family has said yes to the team it knows; else it is offered again."""
    said = decision.detail.consent_state
    return decision.way == EarlyHelpWay.BACK and said in {ConsentState.AGREED, ConsentState.PARTLY}


@dataclass(frozen=True)
class WaysIn:
    """Where early help for a child can start but anew: an open case to join, or the place to take up again."""

    join: Case | None
    back: ChildInCase | None


def ways_in(contact: Contact, person: UUID, *, by: Post, today: datetime.date) -> WaysIn:
    """An open case for this child (their own, that of somebody in the report, a sibling's new one), or the place in the
    case of a team that helped before."""
    anchors = queries.same_people([person, *contact.about])
    rows = ChildInCase.objects.visible().filter(person_id__in=list(anchors)).select_related("case")
    places = list(rows.order_by("-since"))
    own = [place for place in places if anchors[place.whom] == anchors[person]]
    if back := _place_to_take_up(own, by, today):
        return WaysIn(None, back)
    given = contact.decisions.filter(case__isnull=False, returned=False, held=False)
    earlier = list(given.select_related("case").order_by("pk")[:1])
    known = [place for place in places if place.state in OPEN_STATES]
    first: ChildInCase | Decision | None = next(iter([*known, *earlier]), None)
    return WaysIn(first.case if first else None, None)


def _place_to_take_up(own: list[ChildInCase], by: Post, today: datetime.date) -> ChildInCase | None:
    """The newest that ended or was stepped down not long ago (D12), in a case of this hub.

    None while anybody works with the child, and of cases that others opened: the hub rings those teams.
    """
    if not own or any(place.state in WORKING - {CaseState.STEPPED_DOWN} for place in own):
        return None
    days = HubThreshold.objects.get(rule=HubRule.BACK_AGAIN).days
    recent = (
        place
        for place in own
        if place.owner_id == by.agency_id
        and may_go_back(CaseState(place.state), place.since.astimezone(LONDON).date(), today=today, days=days)
    )
    return next(recent, None)
