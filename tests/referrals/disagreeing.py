"""Decides a child, disagrees and answers through the real verbs and jobs, as the people and the worker would."""

import datetime
from typing import Any

from django.utils import timezone

from cases.vocabulary import ConsentState
from referrals.actions import deciding, disagreeing, triaging
from referrals.actions.disagreeing import Against, Answered
from referrals.models import Contact, Decision, Disagreement, DisagreementRung, RungAnswer
from referrals.rules.deciding import Proposed
from referrals.vocabulary import EarlyHelpWay, LawfulBasis, LevelOfNeed, Outcome, RungVerdict
from sharing_agreements.models import Post
from sharing_agreements.vocabulary import Purpose
from tests import cast
from tests.conftest import as_web, as_worker
from tests.referrals.checking import grade


def proposed(outcome: Outcome = Outcome.ADVICE, **more: Any) -> Proposed:
    """A whole decision."""
    return Proposed(
        **{
            "outcome": outcome,
            "level": LevelOfNeed(2),
            "reason": "Seen well at home.",
            "agreement": ConsentState.AGREED,
            "agreement_reason": "",
            "basis": LawfulBasis.PUBLIC_TASK,
            "nobody_next": False,
            "next_who": "School nurse",
            "next_what": "Sees the child",
            "next_by": cast.today() + datetime.timedelta(days=7),
            "way": EarlyHelpWay.OFFER if outcome is Outcome.EARLY_HELP else None,
            "team_words": "The family asked for help",
            **more,
        }
    )


def decide(
    contact: Contact, by: Post, outcome: Outcome = Outcome.ADVICE, at: datetime.datetime | None = None, **more: Any
) -> list[Decision]:
    """Grade a contact where nobody has, take danger in hand, and decide for every child of it."""
    contact.refresh_from_db()
    if not contact.grade:
        grade(contact, by, at=at)
    made = []
    for child in contact.report.children.all():
        contact.refresh_from_db()
        with as_web(by, Purpose.TRIAGE):
            if contact.danger and contact.acknowledged_by_id is None:
                triaging.acknowledge_contact(contact=contact, doing="Officers there.", by=by, now=at or timezone.now())
            made.append(
                deciding.decide_child(
                    child=child,
                    contact=contact,
                    proposed=proposed(outcome, **more),
                    join=None,
                    version=contact.version,
                    by=by,
                    now=at or timezone.now(),
                )
            )
    contact.refresh_from_db()
    return made


def receive(said: Disagreement, at: datetime.datetime | None = None) -> DisagreementRung | None:
    """What the worker does with what was said."""
    with as_worker(disagreeing.RECEIVE):
        return disagreeing.receive_disagreement(disagreement=said.pk, now=at or timezone.now())


def climb(at: datetime.datetime) -> int:
    """What the worker does every five minutes."""
    with as_worker(disagreeing.CLIMB):
        return disagreeing.climb_disagreements(now=at)


def say(
    contact: Contact,
    by: Post,
    words: str = "Nobody saw the bruises.",
    *,
    may_harm: bool = True,
    at: datetime.datetime | None = None,
) -> Disagreement:
    """Disagree about the first child, as the reporter or at the hub; the job has not come by yet."""
    child, now = contact.report.children.first(), at or timezone.now()
    against = Against(words, may_harm)
    with as_web(by, Purpose.REPORTING):
        assert child is not None
        if by.agency_id == contact.owner_id:
            return disagreeing.disagree_at_hub(child=child, contact=contact, against=against, by=by, now=now)
        return disagreeing.disagree(child=child, against=against, by=by, now=now)


def disagree(
    contact: Contact, by: Post, *, may_harm: bool = True, at: datetime.datetime | None = None
) -> DisagreementRung:
    """Disagree, and let the job put it before the decider."""
    rung = receive(say(contact, by, may_harm=may_harm, at=at), at)
    assert rung is not None
    return rung


def further(rung: DisagreementRung, by: Post, at: datetime.datetime | None = None) -> DisagreementRung:
    """Do not accept the answer, and let the job take it on."""
    against, now = Against("That is not what I saw.", True), at or timezone.now()
    with as_web(by, Purpose.REPORTING):
        said = disagreeing.take_further(rung=rung, against=against, by=by, now=now)
    made = receive(said, now)
    assert made is not None
    return made


def answer(rung: DisagreementRung, by: Post, verdict: RungVerdict = RungVerdict.STANDS, who: str = "") -> RungAnswer:
    """Answer a rung."""
    with as_web(by, Purpose.TRIAGE):
        return disagreeing.answer_rung(
            rung=rung, answered=Answered(verdict, "A doctor looked.", who), by=by, now=timezone.now()
        )
