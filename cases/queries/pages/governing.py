"""What waits for an information-governance lead, in the order they should take it up, and what of it for a manager."""

import datetime
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet

from cases.signals import refusals_read
from sharing_agreements import presenting
from sharing_agreements.models import Agreement, AgreementRequest, EmergencyAccess, Post, Practitioner
from sharing_agreements.part_known import say
from sharing_agreements.presenting.looks import reason_words
from sharing_agreements.queries import looks
from sharing_agreements.queries.agreements import register
from sharing_agreements.queries.connections import detected_conflicts
from sharing_agreements.vocabulary import Precision, RequestState
from sharing_agreements.working_time import LONDON

LINES_SHOWN = 10
REFUSED_FOR = datetime.timedelta(days=28)


@dataclass(frozen=True)
class Line:
    """Something that waits: what, why, the one verb that deals with it, and the screen where that is done."""

    name: str
    why: str
    verb: str
    screen: str
    record: UUID | None = None
    colour: str = ""


@dataclass(frozen=True)
class Group:
    """Lines of one urgency."""

    title: str
    lines: list[Line]
    left_out: int


@dataclass(frozen=True)
class Desk:
    """Who asks, and when."""

    post: Post
    now: datetime.datetime

    @property
    def today(self) -> datetime.date:
        """The day in London."""
        return self.now.astimezone(LONDON).date()


def _on(moment: datetime.datetime) -> str:
    return f"on {say(moment.astimezone(LONDON).date(), Precision.DAY)}"


def _due(one: AgreementRequest, today: datetime.date) -> str:
    taken = [step for step in presenting.ladder_of(one, today) if step.is_taken]
    last_day = say(one.due_on, Precision.DAY)
    return f"the last day was {last_day}: {taken[-1].says}" if taken else f"to be answered by {last_day}"


def waiting_for_governance(post: Post, *, now: datetime.datetime) -> list[Group]:
    """What the desk holds, group by group; a group with nothing in it is not there."""
    return _groups(Desk(post, now), FOR_LEADS)


def waiting_for_manager(post: Post, *, now: datetime.datetime) -> list[Group]:
    """Of these, what a manager sees to as well: requests that climbed to them, and connections of their people."""
    return _groups(Desk(post, now), FOR_MANAGERS)


def _groups(desk: Desk, finds: "Finds") -> list[Group]:
    groups = [(title, list(find(desk))) for title, find in finds]
    return [Group(title, lines[:LINES_SHOWN], max(len(lines) - LINES_SHOWN, 0)) for title, lines in groups if lines]


def emergencies(desk: Desk) -> Iterator[Line]:
    """Emergency access of others that nobody has reviewed, the longest waiting first."""
    rows = EmergencyAccess.objects.filter(reviewed_at__isnull=True).exclude(practitioner=desk.post.practitioner_id)
    for one in rows.select_related("practitioner").order_by("started_at"):
        running = one.ended_at is None and one.ends_at > desk.now
        why = f"Opened a family in an emergency {_on(one.started_at)}"
        why += "; it is open now" if running else ""
        yield Line(
            one.practitioner.name, why, "Review it", "sharing_agreements:review_emergency", record=one.pk, colour="red"
        )


def signatures(desk: Desk) -> Iterator[Line]:
    """Agreements proposed to this agency that it has not signed."""
    for one in register(for_post=desk.post, today=desk.today).waiting:
        why = f"{one.reference}, version {one.version}, to start on {say(one.starts_on, Precision.DAY)}"
        yield _agreement(one, why, "Read and sign", "amber")


def dates(desk: Desk) -> Iterator[Line]:
    """Agreements that expire, are due for review, or wait for others' signatures."""
    for one, due in register(for_post=desk.post, today=desk.today).warnings:
        said = presenting.warning_sentence(one, due, desk.today)
        yield _agreement(one, f"{said[:1].upper()}{said[1:]}", "Read it", "amber")


def _agreement(one: Agreement, why: str, verb: str, colour: str) -> Line:
    return Line(one.title, why, verb, "sharing_agreements:read_agreement", record=one.pk, colour=colour)


def wishes(desk: Desk) -> Iterator[Line]:
    """Requests for sharing that nobody has answered, the first due first."""
    return _unanswered(desk)


def _unanswered(desk: Desk, **which: Any) -> Iterator[Line]:
    for one in _wishes().filter(state=RequestState.WAITING, **which).order_by("due_on"):
        yield Line(
            f"{one.get_kind_display()}, from {one.asked.name}",
            f"Asked by {one.agency.name} {_on(one.asked_at)}; {_due(one, desk.today)}",
            "Answer it",
            "sharing_agreements:answer_agreement_request",
            record=one.pk,
            colour="red" if one.due_on < desk.today else "",
        )


def refusals(desk: Desk) -> Iterator[Line]:
    """Refusals of the last four weeks to share, with their reasons, newest first; the apps above know of more."""
    since = desk.now - REFUSED_FOR
    found: list[tuple[datetime.datetime, Line]] = []
    for one in _wishes().filter(Q(state=RequestState.REFUSED, answered_at__gt=since)):
        name = f"{one.get_kind_display()}, from {one.asked.name} to {one.agency.name}"
        why = f"Will not be shared: {one.answer}"
        line = Line(name, why, "Read the request", "sharing_agreements:agreement_requests")
        found.append((one.answered_at or desk.now, line))
    answers: list[tuple[Any, Any]] = refusals_read.send(Desk, since=since)
    for _, known in answers:
        found += known
    yield from (line for _, line in sorted(found, key=lambda each: each[0], reverse=True))


def climbed(desk: Desk) -> Iterator[Line]:
    """Requests for sharing that nobody answered in time, this manager's own with them."""
    for one in _unanswered(desk, due_on__lt=desk.today):
        yield replace(one, verb="Read it", screen="sharing_agreements:agreement_requests", record=None)


def connections(desk: Desk) -> Iterator[Line]:
    """Connections found of the agency's practitioners with somebody in a record, which nobody has answered."""
    for one in detected_conflicts():
        if one.is_waiting:
            why = f"May know somebody in a record, found {_on(one.since)}. That record is closed to them"
            screen = "sharing_agreements:answer_detected_conflict"
            yield Line(one.practitioner.name, why, "Answer it", screen, record=one.practitioner.pk)


def _wishes() -> "QuerySet[AgreementRequest]":
    return AgreementRequest.objects.select_related("agency", "asked")


def unusual(desk: Desk) -> Iterator[Line]:
    """Looks of the own agency that somebody should ask about."""
    found = looks.unusual_looks(after=None, most=LINES_SHOWN + 1)
    names = dict(Practitioner.objects.filter(pk__in={one.practitioner for one in found}).values_list("pk", "name"))
    for one in found:
        why = f"{'; '.join(reason_words(one.reasons, one.families))}, {_on(one.at)}"
        yield Line(names.get(one.practitioner, ""), why, "See unusual looks", "cases:unusual_looks")


Finds = list[tuple[str, Callable[[Desk], Iterator[Line]]]]
"""Titles of groups, in their order, with what finds the lines of each."""
FOR_LEADS: Finds = [
    ("Emergency access to review", emergencies),
    ("Waiting for your agency's signature", signatures),
    ("Expiring, due for review, or not signed by others", dates),
    ("Requests to answer", wishes),
    ("Connections of staff to answer", connections),
    ("Refusals to share", refusals),
    ("Unusual looks", unusual),
]
FOR_MANAGERS: Finds = [
    ("Requests for sharing that nobody answered", climbed),
    ("Connections of staff to answer", connections),
]
