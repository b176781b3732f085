"""Opens a contact for checks and asks and answers through the real verbs, as the people who would."""

import datetime
from typing import Any

from django.utils import timezone

from cases.vocabulary import ConsentState
from referrals.actions import answering, checking, triaging
from referrals.actions.checking import Named, Wording
from referrals.models import AgencyCheck, CheckAnswer, Contact
from referrals.queries.checks import Desk, desks_for
from referrals.rules.checks import Given, Opening
from referrals.vocabulary import AgencyAnswer, Handling, LawfulBasis, LooksBack, Urgency
from sharing_agreements.models import Agency, Post
from sharing_agreements.vocabulary import Purpose
from tests import cast
from tests.conftest import as_web

QUESTION = Wording("Has anybody seen her since August?", LooksBack.YEAR)


def opening(state: ConsentState = ConsentState.AGREED, **more: Any) -> Opening:
    """The family's yes, or what stands in its place."""
    return Opening(
        **{
            "state": state,
            "said_by": "Mother, by phone",
            "reason": "Asking could put the child at risk.",
            "basis": LawfulBasis.PUBLIC_TASK,
            "is_decider": True,
            **more,
        }
    )


def grade(contact: Contact, by: Post, urgency: Urgency = Urgency.AMBER, at: datetime.datetime | None = None) -> None:
    """Give the contact the hub's grade."""
    contact.refresh_from_db()
    with as_web(by, Purpose.TRIAGE):
        triaging.grade_contact(
            contact=contact, urgency=urgency, reason="Seen.", version=contact.version, by=by, now=at or timezone.now()
        )


def open_checks(contact: Contact, by: Post, state: ConsentState = ConsentState.AGREED, **more: Any) -> None:
    """Record what the family said."""
    contact.refresh_from_db()
    with as_web(by, Purpose.TRIAGE):
        checking.record_family_answer(
            contact=contact, opening=opening(state, **more), version=contact.version, by=by, now=timezone.now()
        )


def desk(contact: Contact, agency: Agency) -> Desk:
    """Where that agency is asked."""
    return next(one for one in desks_for(contact, today=cast.today()) if one.agency == agency)


def ask(
    contact: Contact,
    by: Post,
    *agencies: Agency,
    people: list[Named] | None = None,
    wording: Wording = QUESTION,
    at: datetime.datetime | None = None,
) -> list[AgencyCheck]:
    """Ask these agencies about the first child of the report, unless others are named."""
    contact.refresh_from_db()
    child = contact.report.children.first()
    assert child and child.person_id
    named = people or [Named(child.person_id, "Jo Smith", "born 2 March 2018", is_child=True)]
    with as_web(by, Purpose.TRIAGE):
        return checking.ask_agencies(
            contact=contact,
            desks=[desk(contact, one) for one in agencies],
            people=named,
            wording=wording,
            version=contact.version,
            by=by,
            now=at or timezone.now(),
        )


def given(answer: AgencyAnswer = AgencyAnswer.KNOWN, **more: Any) -> Given:
    """An answer that says something."""
    return Given(
        **{
            "answer": answer,
            "headline": "Two missed appointments in a month",
            "detail": "Was not brought on 3 and 17 May.",
            "handling": Handling.PERMITTED,
            "conditions": "",
            "hub_only": "Mother is afraid of her brother.",
            **more,
        }
    )


def answer(check: AgencyCheck, by: Post, what: AgencyAnswer = AgencyAnswer.KNOWN, **more: Any) -> CheckAnswer:
    """Answer for the agency that was asked."""
    with as_web(by, Purpose.TRIAGE):
        return answering.answer_check(check=check, given=given(what, **more), by=by, now=timezone.now())
