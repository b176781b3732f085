"""What people say about receiving help, and apart from it about sharing; and what a withdrawal sets going."""

import datetime
from uuid import UUID

from django.db import transaction

from cases import permissions, queries, rules, signals
from cases.actions import planning
from cases.actions.recording import day_of, owned, sent_like, write_event
from cases.models import Case, ConsentToHelp
from cases.vocabulary import ConsentState, EventSource
from sharing_agreements.actions import facts
from sharing_agreements.models import Post
from sharing_agreements.queries import identities_of
from sharing_agreements.refusals import require
from sharing_agreements.vocabulary import HUB_ROLES, Kind, Role


@transaction.atomic
def record_consent(
    *,
    person: UUID,
    case: Case,
    state: ConsentState,
    by: Post,
    now: datetime.datetime,
    reason: str = "",
    basis: str = "",
    told_by: str = "",
) -> ConsentToHelp:
    """Record what one person said about receiving help; each adult, and each child of 13 or over, has their own.

    A withdrawal ends that person's agreement to sharing, so that only what was conditioned on it closes, and
    puts "does risk now justify step up?" into the plan for the lead, due today; owners, hub and managers keep
    history, and nobody else's answer changes. Refuses without a reason where one is due; an override names its
    law and is the hub's or a manager's.
    """
    require(permissions.why_not_work_on(by=by, case=case, today=now))
    is_decider = by.role in HUB_ROLES | {Role.MANAGER}
    require(rules.why_not_consent(state, reason=reason, basis=basis, is_decider=is_decider))
    consent = ConsentToHelp(
        **owned(by, now, person_id=person, case=case, **sent_like(case)),
        state=state,
        reason=reason[:300],
        basis=basis[:200],
        told_by=told_by[:160],
    )
    consent.save()
    write_event(
        people=[person],
        family=case.family_id,
        kind=Kind.CONSENT,
        title=f"Consent to help: {state.label.lower()}",
        text=reason,
        source=EventSource.CONSENT,
        source_id=consent.pk,
        by=by,
        now=now,
        significant=state in {ConsentState.WITHDRAWN, ConsentState.OVERRIDDEN},
        sent_to=case.sent_to_id,
        hidden_from=case.hidden_from,
    )
    if rules.ends_sharing(state):
        facts.record_sharing_consent(people=[person], until=None)
    if rules.asks_about_risk(state=state):
        _ask_about_risk(person, case, by, now)
    if state == ConsentState.WITHDRAWN:
        signals.consent_withdrawn.send(ConsentToHelp, consent=consent, case=case, by=by, now=now)
    return consent


def _ask_about_risk(person: UUID, case: Case, by: Post, now: datetime.datetime) -> None:
    """The lead, or whoever recorded the withdrawal while there is none, looks at the risk today.

    The task says how the others stand: nobody withdraws for the other parent, or for a child of 13 or over. It names
    nobody, because the whole team reads the plan.
    """
    led = queries.accepted_assignment(case) if queries.current_lead(case) else None
    voices = [other for other in own_voices(case, by, now) if other != person]
    said = queries.latest_consents(voices)
    planning.add_action(
        case=case,
        title=rules.risk_question(said[one].state if one in said else None for one in voices),
        doer=led.practitioner if led else by.practitioner,
        doer_agency=led.agency if led else by.agency,
        due_on=day_of(now),
        measure="The risk was looked at, and what was decided is written down",
        by=by,
        now=now,
    )


@transaction.atomic
def record_sharing(
    *,
    person: UUID,
    case: Case,
    until: datetime.date | None,
    by: Post,
    now: datetime.datetime,
) -> None:
    """Record that somebody agrees to sharing up to a day, or (None) does not. Apart from consent to help.

    Whoever agreed and does not any more closes what was conditioned on it, and the risk is looked at today.
    """
    require(permissions.why_not_work_on(by=by, case=case, today=now))
    takes_back = until is None and queries.agrees_to_sharing(person, today=day_of(now))
    facts.record_sharing_consent(people=[person], until=until)
    words = f"Agreed to sharing until {until:%-d %B %Y}" if until else "Did not agree to sharing"
    write_event(
        people=[person],
        family=case.family_id,
        kind=Kind.CONSENT,
        title=words,
        source=EventSource.CONSENT,
        source_id=case.pk,
        by=by,
        now=now,
        sent_to=case.sent_to_id,
        hidden_from=case.hidden_from,
    )
    if rules.asks_about_risk(takes_back_sharing=takes_back):
        _ask_about_risk(person, case, by, now)


def own_voices(case: Case, by: Post, now: datetime.datetime) -> list[UUID]:
    """The adults of the family, and the children in the case who are old enough to answer for themselves."""
    adults = queries.adults_of(case.family_id)
    children = [person for person in queries.people_of(case) if person not in adults]
    born = {person: one.born_on for person, one in identities_of(children, for_post=by).items()}
    return [*adults, *(person for person in children if rules.gives_own_consent(born.get(person), day_of(now)))]
