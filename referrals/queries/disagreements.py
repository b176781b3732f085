"""Disagreements with decisions: what runs, what was answered, and what waits for whom."""

from collections.abc import Iterable
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet

from referrals.models import Decision, DisagreementRung, Feedback, ReportedChild, RungAnswer
from referrals.vocabulary import Rung, RungVerdict, Sooner
from sharing_agreements.models import Post
from sharing_agreements.vocabulary import Role

SHOWN = 50
IS_ANSWERED = Exists(RungAnswer.objects.filter(rung=OuterRef("pk")))
HAS_LATER = Exists(DisagreementRung.objects.filter(decision=OuterRef("decision"), rung__gt=OuterRef("rung")))


def is_told(child: ReportedChild) -> bool:
    """Whether the newest that the reader was told of this child is a decision."""
    told = Feedback.objects.visible().filter(reported_child=child).order_by("-recorded_at").first()
    return told is not None and told.outcome != Sooner.NOT_DECIDED


def standing_decision(child: ReportedChild | UUID) -> Decision | None:
    """The decision that stands for a reported child, as far as this principal may see it."""
    found: Decision | None = Decision.objects.filter(reported_child=child, returned=False).first()
    return found


def rungs_about(children: Iterable[UUID]) -> QuerySet[DisagreementRung]:
    """Every rung about these reported children that the reader may see, in order, with its answer."""
    rows: QuerySet[DisagreementRung] = DisagreementRung.objects.visible().filter(reported_child_id__in=list(children))
    beside = ("answer", "answer__author", "sent_to", "sent_to_practitioner", "owner")
    return rows.select_related(*beside).order_by("disagreement_id", "rung")


def unanswered_latest() -> QuerySet[DisagreementRung]:
    """Rungs of ladders nobody has answered and that went no further, the soonest due first."""
    rows: QuerySet[DisagreementRung] = DisagreementRung.objects.filter(~IS_ANSWERED, ~HAS_LATER, joins=None)
    return rows.select_related("answer").order_by("due_at", "pk")


def is_running(child: ReportedChild) -> bool:
    """Whether a disagreement about the decision that stands was said, and waits for an answer or was answered."""
    rows = DisagreementRung.objects.visible().filter(reported_child=child)
    over = RungAnswer.objects.filter(rung__reported_child=child, verdict=RungVerdict.AGAIN)
    running: bool = rows.exclude(decision__in=over.values("rung__decision")).exists()
    return running


def waits(rung: DisagreementRung) -> bool:
    """Whether nobody has answered it."""
    return not RungAnswer.objects.filter(rung=rung).exists()


def is_latest(rung: DisagreementRung) -> bool:
    """Whether the ladder has gone to no later rung, whoever took it there."""
    return not DisagreementRung.objects.filter(decision_id=rung.decision_id, rung__gt=rung.rung).exists()


def reached(decision: UUID) -> DisagreementRung | None:
    """The highest rung of the ladder against a decision; None where there is no ladder."""
    return DisagreementRung.objects.filter(decision_id=decision, joins=None).order_by("-rung").first()


def disagrees(rung: DisagreementRung, post: Post) -> bool:
    """Whether this practitioner is who disagrees on it, or stands beside it."""
    on_it = DisagreementRung.objects.filter(Q(pk=rung.pk) | Q(joins=rung))
    return on_it.filter(sent_to_practitioner=post.practitioner_id).exists()


def _with_who_disagrees(rows: QuerySet[DisagreementRung], post: Post) -> QuerySet[DisagreementRung]:
    """With `disagrees`: as above, for many at once."""
    beside = DisagreementRung.objects.filter(joins=OuterRef("pk"), sent_to_practitioner=post.practitioner_id)
    return rows.annotate(disagrees=Q(sent_to_practitioner=post.practitioner_id) | Exists(beside))


def waiting_at(post: Post) -> QuerySet[DisagreementRung]:
    """What waits at this hub for an answer, the soonest due first, with the decision it is against."""
    rows = unanswered_latest().filter(owner_no=post.agency.no)
    beside = ("answer", "decision__author", "decision__contact__report", "sent_to", "sent_to_practitioner")
    return _with_who_disagrees(rows.select_related(*beside), post)


def waiting_for(post: Post) -> list[DisagreementRung]:
    """What waits for this post: for the decider what they decided, for a manager what came above the decider."""
    mine = Q(rung=Rung.DECIDER, decision__author=post.practitioner_id)
    above = Q(rung__gt=Rung.DECIDER) if post.role == Role.MANAGER else Q(pk__in=[])
    rows = waiting_at(post).filter(mine | above).exclude(sent_to_practitioner=post.practitioner_id)
    rows = rows.exclude(joined__sent_to_practitioner=post.practitioner_id)
    return list(rows[:SHOWN])


def rung_to_answer(post: Post) -> QuerySet[DisagreementRung]:
    """Rungs of ladders at this hub, with what an answer needs beside them."""
    rows: QuerySet[DisagreementRung] = DisagreementRung.objects.visible().filter(owner_no=post.agency.no, joins=None)
    beside = ("answer", "decision__author", "decision__contact__report", "sent_to", "sent_to_practitioner")
    return rows.select_related(*beside)


def rung_of_own(post: Post) -> QuerySet[DisagreementRung]:
    """Rungs of what this practitioner disagrees with, for the agency they act for, of reports that they may read."""
    rows: QuerySet[DisagreementRung] = DisagreementRung.objects.visible().filter(
        sent_to_practitioner=post.practitioner_id, sent_to=post.agency_id
    )
    return rows.select_related("answer", "reported_child__report", "disagreement", "owner")
