"""Disagreements in words: on the contact's page, in the reporter's report, in the hub's list and in My work."""

import datetime
from collections import defaultdict
from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.urls import reverse

from referrals.models import DisagreementRung
from referrals.permissions import disagreeing as permissions
from referrals.presenting import name_of
from referrals.queries import disagreements as queries
from referrals.rules import clocks
from referrals.vocabulary import Rung, RungVerdict
from referrals.web import cards
from sharing_agreements.models import Identity, Post
from sharing_agreements.queries import identities_of


def by_child(children: Iterable[UUID], post: Post, now: datetime.datetime) -> dict[UUID, list[dict[str, Any]]]:
    """What was said against the decisions for these reported children, each with its rungs. One query."""
    ladders: dict[UUID, list[DisagreementRung]] = defaultdict(list)
    for rung in queries.rungs_about(children):
        ladders[rung.disagreement_id].append(rung)
    found: dict[UUID, list[dict[str, Any]]] = defaultdict(list)
    for rungs in ladders.values():
        found[rungs[0].reported_child_id].append(ladder(rungs, post, now))
    return found


def ladder(rungs: list[DisagreementRung], post: Post, now: datetime.datetime) -> dict[str, Any]:
    """One disagreement: who disagrees, every rung with its answer, and what the reader may do."""
    last = rungs[-1]
    may_go_on = permissions.why_not_further(rung=last, is_latest=True, by=post) is None
    return {
        "who": who_disagrees(last),
        "rungs": [rung_line(rung, now) for rung in rungs],
        "is_over": getattr(getattr(last, "answer", None), "verdict", "") == RungVerdict.AGAIN,
        "further": reverse("referrals:take_further", args=[last.pk]) if may_go_on else "",
    }


def who_disagrees(rung: DisagreementRung) -> str:
    """'Cleo Marsh, Marlbeck Constabulary'."""
    who = rung.sent_to_practitioner.name if rung.sent_to_practitioner else "Somebody"
    return f"{who}, {rung.sent_to.name}" if rung.sent_to else who


def standing(rung: DisagreementRung, now: datetime.datetime) -> str:
    """'Due 14:20, 3 h left' or 'Late: overdue by 2 h'."""
    left = clocks.time_left(rung.due_at, now)
    return f"Late: {left}" if rung.due_at < now else f"Due {cards.moment(rung.due_at, now)}, {left}"


def rung_line(rung: DisagreementRung, now: datetime.datetime) -> dict[str, Any]:
    """One rung in words."""
    answer = getattr(rung, "answer", None)
    return {
        "rung": rung,
        "title": f"{rung.rung}. {rung.get_rung_display()}",
        "answer": answer,
        "by": answered_by(answer) if answer else "",
        "standing": "" if answer else standing(rung, now),
    }


def answered_by(answer: Any) -> str:
    """Who answered; from above the hub, who wrote it down."""
    author = answer.author.name if answer.author else "somebody"
    return f"{answer.who} (written down by {author})" if answer.who else author


def waiting_lines(rungs: Iterable[DisagreementRung], post: Post, now: datetime.datetime) -> list[dict[str, Any]]:
    """What waits for an answer at the hub, with the child, who disagrees and whether this post answers."""
    held = list(rungs)
    names = identities_of({rung.main_person for rung in held}, for_post=post) if held else {}
    return [waiting_line(rung, names, post, now) for rung in held]


def whose(rung: DisagreementRung) -> str:
    """Who answers: the decider by name, above them the rung."""
    author = rung.decision.author
    return author.name if author and rung.rung == Rung.DECIDER else rung.get_rung_display()


def waiting_line(rung: Any, names: dict[UUID, Identity], post: Post, now: datetime.datetime) -> dict[str, Any]:
    """One of them, read with `disagrees`."""
    return {
        "rung": rung,
        "name": name_of(names.get(rung.main_person)),
        "who": who_disagrees(rung),
        "whose": whose(rung),
        "standing": standing(rung, now),
        "colour": "red" if rung.due_at < now else "amber",
        "href": reverse("referrals:answer_disagreement", args=[rung.pk]),
        "may_answer": permissions.why_not_answer_rung(rung=rung, is_latest=True, disagrees=rung.disagrees, by=post)
        is None,
    }
