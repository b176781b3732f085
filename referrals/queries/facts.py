"""Everything the decider reads about one contact, as far as row security shows it, in a handful of queries."""

import datetime
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.utils import timezone

from cases.models import ClosingSummary
from cases.queries.pages.receipts import Receipt, longest_due, receipts_of, without_receipt
from referrals.models import (
    CheckAnswer,
    ChecksOpening,
    ClockMark,
    Contact,
    ContactEntry,
    Decision,
    GradeChange,
    Match,
    Question,
    Report,
    ReportAddition,
    ReportedAdult,
    ReportedChild,
    ReportPlace,
)
from referrals.queries.checks import answers_to
from referrals.queries.contacts import (
    THREE_YEARS,
    YEAR,
    Around,
    Earlier,
    around_from,
    lists_around,
    readable_matches,
)
from referrals.queries.repeats import Hit, Repeats
from referrals.rules.repeats import Tie
from sharing_agreements import queries
from sharing_agreements.models import Address, Post


@dataclass(frozen=True)
class AtAddress:
    """Contacts about others at an address while these people lived there; the rest is only said to be."""

    address: Address
    shown: tuple[Earlier, ...]
    others: bool


@dataclass
class Facts:
    """One contact with all that stands round it."""

    around: Around
    report: Report
    places: list[ReportPlace] = field(default_factory=list)
    adults: list[ReportedAdult] = field(default_factory=list)
    additions: list[ReportAddition] = field(default_factory=list)
    questions: list[Question] = field(default_factory=list)
    earlier: list[Earlier] = field(default_factory=list)
    at_addresses: list[AtAddress] = field(default_factory=list)
    closings: dict[UUID, ClosingSummary] = field(default_factory=dict)
    matches: list[Match] = field(default_factory=list)
    decisions: dict[UUID, Decision] = field(default_factory=dict)
    returned: dict[UUID, Decision] = field(default_factory=dict)
    receipts: dict[UUID, Receipt] = field(default_factory=dict)
    grades: list[GradeChange] = field(default_factory=list)
    entries: list[ContactEntry] = field(default_factory=list)
    clock_marks: list[ClockMark] = field(default_factory=list)
    openings: list[ChecksOpening] = field(default_factory=list)
    answers: list[CheckAnswer] = field(default_factory=list)


AS_TOLD = (
    *("places", "adults", "additions", "questions", "matches"),
    *("grades", "entries", "clock_marks", "openings", "answers"),
)
"""Lists that a page shows as they were read."""


def facts_of(contact: Contact, *, post: Post, today: datetime.date, older: bool = False) -> Facts:
    """Read a contact for its page: 12 months of history, or 3 years when `older` was asked for (domain D37)."""
    back = THREE_YEARS if older else YEAR
    anchors = queries.same_people(contact.about)
    beside = lists_around([contact], anchors, post=post, today=today, back=back)
    children = ReportedChild.objects.filter(report_id=contact.report_id).order_by("position")
    beside["children"] = children.select_related("detail", "wrong_mark")
    beside["homes"] = _homes_in(beside["hits"])
    told = {name: list(rows) for name, rows in (beside | _lists_of(contact, list(anchors))).items()}
    as_told: dict[str, Any] = {name: told[name] for name in AS_TOLD}
    card = around_from(told, [contact], anchors, post=post, today=today)
    found = Facts(card, told["reports"][0], **as_told)
    found.earlier = found.around.earlier.get(contact.pk, [])
    repeats = found.around.repeats.get(contact.pk, Repeats())
    found.at_addresses = _at_addresses(found.earlier, repeats, told["homes"])
    found.earlier = [one for one in found.earlier if one.tie is not Tie.ADDRESS]
    found.closings = {anchors[row.person_id]: row for row in told["closings"]}
    for decision in told["decisions"]:
        (found.returned if decision.returned else found.decisions)[decision.reported_child_id] = decision
    counted = {decision.pk for decision in found.decisions.values()}
    sent = [step for step in told["sent"] if step.source_id in counted]
    for one in receipts_of(sent, post=post, now=timezone.now(), today=today):
        if one.step.source_id:
            found.receipts[one.step.source_id] = one
    people = {row.candidate_id for row in found.matches}
    found.around.names |= queries.identities_of(people - found.around.names.keys(), for_post=post)
    return found


def _homes_in(hits: Iterable[Hit]) -> QuerySet[Address]:
    """The addresses at which somebody else was reported, oldest record first."""
    homes: QuerySet[Address] = Address.objects.visible().filter(pk__in={home for hit in hits for home in hit.homes})
    return homes.order_by("recorded_at")


def _lists_of(contact: Contact, everybody: list[UUID]) -> dict[str, QuerySet[Any, Any]]:
    """The lists of one contact's page, beside what any card shows."""
    report = {"report_id": contact.report_id}
    decisions = contact.decisions.select_related("detail", "case", "author", "second_look").order_by("decided_at")
    closings = ClosingSummary.objects.visible().filter(person_id__in=everybody)
    matches = readable_matches().filter(contact_id=contact.pk)
    return {
        "reports": Report.objects.select_related("detail", "hub_only", "owner", "author").filter(pk=contact.report_id),
        "places": ReportPlace.objects.filter(**report),
        "adults": ReportedAdult.objects.filter(**report).order_by("position"),
        "additions": ReportAddition.objects.filter(**report).order_by("recorded_at"),
        "questions": Question.objects.filter(**report).order_by("recorded_at"),
        "closings": closings.order_by("happened_on", "recorded_at"),
        "matches": matches.select_related("identity", "identity__owner", "settled_by"),
        "decisions": decisions,
        "sent": longest_due(without_receipt().filter(source_id__in=contact.decisions.values("pk"))),
        "grades": GradeChange.objects.filter(contact_id=contact.pk).select_related("author"),
        "openings": contact.openings.select_related("author").order_by("-at", "-pk"),
        "answers": answers_to(contact.checks.all()),
        "clock_marks": contact.clock_marks.order_by("passed_at", "share"),
        "entries": ContactEntry.objects.filter(contact_id=contact.pk).select_related("author", "to"),
    }


def _at_addresses(earlier: list[Earlier], repeats: Repeats, homes: list[Address]) -> list[AtAddress]:
    """Earlier contacts about others at the addresses of these people, an address once (users 2.17)."""
    shown: dict[str, list[Earlier]] = defaultdict(list)
    names = {home.pk: home for home in homes}
    for one in earlier:
        for folded in sorted({names[home].folded for home in one.homes if home in names}):
            shown[folded].append(one)
    others = {names[home].folded for home in repeats.others if home in names}
    last = {home.folded: home for home in homes}
    return [AtAddress(home, tuple(shown[folded]), folded in others) for folded, home in last.items()]
