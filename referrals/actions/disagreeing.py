"""Disagreeing with a decision: saying so, taking it further, answering, and the jobs between (decision 0081)."""

import datetime
from dataclasses import asdict, dataclass, fields
from uuid import UUID

from django.db import IntegrityError, connection, transaction
from django.db.models import Q

from referrals import refusals
from referrals.actions.deciding import take_back_decision
from referrals.actions.triaging import BASIS
from referrals.models import Contact, Decision, Disagreement, DisagreementRung, ReportedChild, RungAnswer
from referrals.permissions import disagreeing as permissions
from referrals.queries import disagreements as queries
from referrals.rules import disagreeing as rules
from referrals.vocabulary import Rung, RungBegan, RungVerdict
from sharing_agreements.actions.owing import owe
from sharing_agreements.actions.recording import record_sending
from sharing_agreements.models import Post
from sharing_agreements.queries import calendar
from sharing_agreements.refusals import not_now, require
from sharing_agreements.working_time import LONDON

RECEIVE, CLIMB = "receive_disagreement", "climb_disagreements"


@dataclass(frozen=True)
class Against:
    """What somebody says against a decision, and whether a child may come to harm while it waits."""

    reason: str
    may_harm: bool


def disagree(*, child: ReportedChild, against: Against, by: Post, now: datetime.datetime) -> Disagreement:
    """The agency that reported a child disagrees with what it was told. Refused while one is running."""
    told, running = queries.is_told(child), queries.is_running(child)
    require(permissions.why_not_disagree(child=child, is_told=told, is_running=running, by=by))
    return _say(child, against, child.sent_to_id, None, by, now)


def disagree_at_hub(
    *, child: ReportedChild, contact: Contact, against: Against, by: Post, now: datetime.datetime
) -> Disagreement:
    """Somebody at the hub disagrees with a colleague's decision."""
    decision, running = queries.standing_decision(child), queries.is_running(child)
    require(permissions.why_not_disagree_at_hub(decision=decision, hub=contact.owner_id, is_running=running, by=by))
    return _say(child, against, contact.owner_id, None, by, now)


def take_further(*, rung: DisagreementRung, against: Against, by: Post, now: datetime.datetime) -> Disagreement:
    """Whoever disagrees does not accept an answer, and says why. It goes to the next rung."""
    latest = queries.is_latest(rung)
    require(permissions.why_not_further(rung=rung, is_latest=latest, by=by))
    return _say(rung.reported_child, against, rung.owner_id, rung.disagreement, by, now)


@transaction.atomic
def _say(
    child: ReportedChild,
    against: Against,
    hub: UUID | None,
    first: Disagreement | None,
    by: Post,
    now: datetime.datetime,
) -> Disagreement:
    require(None if against.reason.strip() else not_now("reason_missing", "Say why you disagree"))
    said: Disagreement = Disagreement.objects.create(
        owner_id=by.agency_id,
        author_id=by.practitioner_id,
        person_id=child.person_id,
        hidden_from=child.hidden_from,
        sent_to_id=hub,
        happened_on=now.astimezone(LONDON).date(),
        recorded_at=now,
        reported_child=child,
        first=first,
        reason=against.reason,
        may_harm=against.may_harm,
    )
    owe(job=RECEIVE, key=f"{RECEIVE}:{said.pk}", payload={"disagreement": said.pk})
    if hub != by.agency_id:
        record_sending(what="disagreement sent to hub", by=by, record_ids=[said.pk], basis=BASIS, at=now)
    return said


@transaction.atomic
def receive_disagreement(*, disagreement: UUID, now: datetime.datetime) -> DisagreementRung | None:
    """Put it before whoever answers: the decider, or the rung above the last. Twice is once.

    A decision has one ladder: where somebody disagreed before, this stands beside the rung the ladder has reached, with
    its time and its answer. None where no decision stands any more, or where the last rung is not answered: then there
    is nothing to go on from.
    """
    said = Disagreement.objects.select_related("first").get(pk=disagreement)
    _one_at_a_time(said.reported_child_id)
    first = said.first or said
    rungs = DisagreementRung.objects.filter(disagreement=first)
    earlier: DisagreementRung | None = rungs.filter(said=said).first()
    last = rungs.order_by("-rung").first()
    if earlier or (last and queries.waits(last)):  # said twice before the job ran: one climb is enough
        return earlier
    decision = last.decision if last else queries.standing_decision(said.reported_child_id)
    rung = rules.above(Rung(last.rung)) if last else Rung.DECIDER
    if decision is None or rung is None:
        return None
    began = RungBegan.NOT_ACCEPTED if last else RungBegan.RAISED
    return _stand(Carried.of(said, decision), said, rung, began, now)


def _one_at_a_time(child: UUID) -> None:
    """Until the transaction ends nobody else joins, climbs or answers a ladder about this reported child: somebody who
    comes while it is answered has the answer too."""
    with connection.cursor() as cursor:
        cursor.execute("select pg_advisory_xact_lock(hashtextextended(%s, 0))", [f"disagreement:{child}"])


@dataclass(frozen=True)
class Carried:
    """What every rung of one disagreement has, of the words it stands for and of the decision they are against."""

    disagreement_id: UUID
    owner_id: UUID
    person_id: UUID | None
    hidden_from: list[int]
    sent_to_id: UUID | None
    sent_to_practitioner_id: UUID | None
    reported_child_id: UUID
    decision_id: UUID
    words: str
    may_harm: bool

    @classmethod
    def of(cls, said: Disagreement, decision: Decision) -> "Carried":
        """Of what was just said."""
        return cls(
            disagreement_id=said.first_id or said.pk,
            owner_id=decision.owner_id,
            person_id=decision.person_id,
            hidden_from=decision.hidden_from,
            sent_to_id=said.owner_id,
            sent_to_practitioner_id=said.author_id,
            reported_child_id=decision.reported_child_id,
            decision_id=decision.pk,
            words=said.reason,
            may_harm=said.may_harm,
        )

    @classmethod
    def from_below(cls, rung: DisagreementRung) -> "Carried":
        """What a rung hands on to the one above it."""
        return cls(**{one.name: getattr(rung, one.name) for one in fields(cls)})


def _stand(row: Carried, said: Disagreement, rung: Rung, began: RungBegan, now: datetime.datetime) -> DisagreementRung:
    """Begin the decision's ladder or its next rung, or stand beside where it is."""
    ladder = queries.reached(row.decision_id)
    if ladder is not None and ladder.rung >= rung:
        return _join(ladder, row, said, began, now)
    made = _begin(row, said, rung, began, now)
    _bring_along(ladder, made, now)
    return made


def _begin(
    row: Carried,
    said: Disagreement | None,
    rung: Rung,
    began: RungBegan,
    now: datetime.datetime,
    joins: DisagreementRung | None = None,
) -> DisagreementRung:
    made: DisagreementRung = DisagreementRung.objects.create(
        **asdict(row),
        happened_on=now.astimezone(LONDON).date(),
        recorded_at=now,
        said=said,
        rung=rung,
        joins=joins,
        began=began,
        began_at=now,
        due_at=joins.due_at if joins else rules.answer_due(now, may_harm=row.may_harm, calendar=calendar()),
    )
    return made


def _join(
    ladder: DisagreementRung, row: Carried, said: Disagreement | None, began: RungBegan, now: datetime.datetime
) -> DisagreementRung:
    """Stand beside a rung of the ladder. Where it is answered already, that is the answer to this as well."""
    made = _begin(row, said, Rung(ladder.rung), began, now, joins=ladder)
    answer = RungAnswer.objects.filter(rung=ladder).first()
    if answer:
        _answer(made, Answered(RungVerdict(answer.verdict), answer.words, answer.who), answer.author_id, now)
    return made


def _bring_along(below: DisagreementRung | None, made: DisagreementRung, now: datetime.datetime) -> None:
    """Everybody else on the rung below stands beside the new one: one ladder, one answer."""
    if below is None:
        return
    beside = DisagreementRung.objects.filter(Q(pk=below.pk) | Q(joins=below))
    for other in beside.exclude(disagreement_id=made.disagreement_id).order_by("began_at", "pk"):
        _join(made, Carried.from_below(other), None, RungBegan(made.began), now)


@transaction.atomic
def climb_disagreements(*, now: datetime.datetime) -> int:
    """Take every disagreement nobody answered in time to the next rung. Answers how many. Twice changes nothing.

    The new rung has its whole time from now, so a job that was away takes nothing past somebody who never saw it.
    """
    climbed = 0
    for found in list(queries.unanswered_latest().filter(due_at__lt=now)):
        _one_at_a_time(found.reported_child_id)
        late = queries.unanswered_latest().filter(pk=found.pk).first()
        if late is None:
            continue
        rung = rules.climbs_to(permissions.standing(late, is_latest=True), now)
        if rung:
            _bring_along(late, _begin(Carried.from_below(late), None, rung, RungBegan.OVERDUE, now), now)
            climbed += 1
    return climbed


@dataclass(frozen=True)
class Answered:
    """What is answered on a rung: what becomes of the decision, why, and who answered where that was not the author."""

    verdict: RungVerdict
    words: str
    who: str = ""


@transaction.atomic
def answer_rung(*, rung: DisagreementRung, answered: Answered, by: Post, now: datetime.datetime) -> RungAnswer:
    """Answer somebody who disagrees. To decide again sends the decision back, and the contact into the queue."""
    _one_at_a_time(rung.reported_child_id)
    told = {"is_latest": queries.is_latest(rung), "disagrees": queries.disagrees(rung, by)}
    require(permissions.why_not_answer_rung(rung=rung, by=by, verdict=answered.verdict, **told))
    missing = rules.missing_from_answer(
        Rung(rung.rung), verdict=answered.verdict, words=answered.words, who=answered.who
    )
    require(not_now("answer_not_whole", missing[0][1]) if missing else None)
    try:
        with transaction.atomic():
            made = _answer(rung, answered, by.practitioner_id, now)
    except IntegrityError:
        require(refusals.RUNG_IS_DONE)
        raise
    answers = [made, *(_answer(one, answered, by.practitioner_id, now) for one in rung.joined.all())]
    if answered.verdict is RungVerdict.AGAIN:
        take_back_decision(rung.decision, now)
    sent = [one.pk for one in answers if one.sent_to_id != one.owner_id]
    if sent:
        record_sending(what="answer to a disagreement sent", by=by, record_ids=sent, basis=BASIS, at=now)
    return made


def _answer(rung: DisagreementRung, answered: Answered, author: UUID | None, now: datetime.datetime) -> RungAnswer:
    """One reader's row of an answer."""
    made: RungAnswer = RungAnswer.objects.create(
        owner_id=rung.owner_id,
        author_id=author,
        person_id=rung.person_id,
        hidden_from=rung.hidden_from,
        sent_to_id=rung.sent_to_id,
        sent_to_practitioner_id=rung.sent_to_practitioner_id,
        happened_on=now.astimezone(LONDON).date(),
        recorded_at=now,
        rung=rung,
        verdict=answered.verdict,
        words=answered.words,
        who=answered.who,
        answered_at=now,
    )
    return made
