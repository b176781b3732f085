"""Referring a family to a service by an action of its plan, and writing down what became of it."""

import datetime

from django.db import transaction

from cases import permissions, refusals
from cases.actions.recording import owned, sent_like
from cases.models import Action, Service, ServiceReferral, ServiceReferralStep
from cases.models.directory import kind_of_referral
from cases.queries.pages.referrals import stands_at
from cases.rules.directory import why_not_follow, why_not_refer
from cases.vocabulary import ReferralState
from sharing_agreements.models import Post
from sharing_agreements.refusals import require


@transaction.atomic
def refer(
    *,
    action: Action,
    service: Service,
    by: Post,
    now: datetime.datetime,
    area: str = "",
    what: str = "",
    onto_list: bool = False,
) -> ServiceReferral:
    """Say that the family was referred to a service for the action's need. Nothing is sent from here: how to refer is
    the service's own way. `onto_list`: it has put the family on its waiting list, which is all that a service closed
    for now may do. Refuses an action that is settled and a closed door."""
    require(permissions.why_not_progress(by=by, action=action, today=now))
    require(refusals.SETTLED_ALREADY if action.settled_at else None)
    require(why_not_refer(service.door, onto_list=onto_list))
    kind = kind_of_referral(service)
    columns = owned(by, now, about=action.about, person_id=action.person_id, **sent_like(action), kind=kind)
    columns |= {"sent_to_id": action.owner_id, "sent_to_practitioner_id": action.author_id}
    referral = ServiceReferral(
        **columns,
        case=action.case,
        action=action,
        need=action.need,
        service=service,
        heading=action.need.heading if action.need else "",
        area=area[:80],
    )
    referral.save()
    state = ReferralState.WAITING_LIST if onto_list else ReferralState.SENT
    ServiceReferralStep(**columns, referral=referral, state=state, what=what[:300]).save()
    return referral


@transaction.atomic
def follow(
    *, referral: ServiceReferral, state: ReferralState, what: str, by: Post, now: datetime.datetime
) -> ServiceReferralStep:
    """Write down what became of a referral. Refuses a step that does not follow from where it stands."""
    require(permissions.why_not_progress(by=by, action=referral.action, today=now))
    require(why_not_follow(stands_at(referral), state))
    columns = owned(by, now, about=referral.about, person_id=referral.person_id, **sent_like(referral))
    if by.agency_id != referral.owner_id:
        columns |= {"sent_to_id": referral.owner_id, "sent_to_practitioner_id": referral.author_id}
    step = ServiceReferralStep(**columns, kind=referral.kind, referral=referral, state=state, what=what[:300])
    step.save()
    return step
