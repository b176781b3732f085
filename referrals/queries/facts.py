"""Everything the decider reads about one contact, as far as row security shows it, in a handful of queries."""

import datetime
from collections import defaultdict
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
    Contact,
    ContactEntry,
    Decision,
    GradeChange,
    Match,
    Question,
    Report,
    ReportAddition,
    ReportedAdult,
    ReportPlace,
)
from referrals.queries.checks import answers_to
from referrals.queries.contacts import (
    THREE_YEARS,
    YEAR,
    Around,
    Earlier,
    around_from,
    counting,
    decisions_by_contact,
    lists_around,
    readable_matches,
)
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
    openings: list[ChecksOpening] = field(default_factory=list)
    answers: list[CheckAnswer] = field(default_factory=list)


AS_TOLD = ("places", "adults", "additions", "questions", "matches", "grades", "entries", "openings", "answers")
"""Lists that a page shows as they were read."""


def facts_of(contact: Contact, *, post: Post, today: datetime.date, older: bool = False) -> Facts:
    """Read a contact for its page: 12 months of history, or 3 years when `older` was asked for (domain D37)."""
    back = THREE_YEARS if older else YEAR
    anchors = queries.same_people(contact.about)
    beside = lists_around([contact], anchors, post=post, today=today, back=back)
    beside["children"] = beside["children"].select_related("detail", "wrong_mark")
    told = {name: list(rows) for name, rows in (beside | _lists_of(contact, list(anchors))).items()}
    as_told: dict[str, Any] = {name: told[name] for name in AS_TOLD}
    card = around_from(told, [contact], anchors, post=post, today=today, back=back)
    found = Facts(card, told["reports"][0], **as_told)
    found.earlier = found.around.earlier.get(contact.pk, [])
    found.at_addresses = _at_addresses(contact, anchors, post, back, told["homes"], told["neighbours"])
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


def _lists_of(contact: Contact, everybody: list[UUID]) -> dict[str, QuerySet[Any, Any]]:
    """The lists of one contact's page, beside what any card shows."""
    report = {"report_id": contact.report_id}
    decisions = contact.decisions.select_related("detail", "case", "author", "second_look").order_by("decided_at")
    homes = Address.objects.visible().filter(person_id__in=everybody).exclude(folded="")
    same_homes = Address.objects.visible().filter(folded__in=homes.values("folded"))
    closings = ClosingSummary.objects.visible().filter(person_id__in=everybody)
    matches = readable_matches().filter(contact_id=contact.pk)
    return {
        "reports": Report.objects.select_related("detail", "hub_only", "owner", "author").filter(pk=contact.report_id),
        "places": ReportPlace.objects.filter(**report),
        "adults": ReportedAdult.objects.filter(**report).order_by("position"),
        "additions": ReportAddition.objects.filter(**report).order_by("recorded_at"),
        "questions": Question.objects.filter(**report).order_by("recorded_at"),
        "homes": homes.order_by("recorded_at"),
        "neighbours": same_homes.exclude(person_id__in=everybody),
        "closings": closings.order_by("happened_on", "recorded_at"),
        "matches": matches.select_related("identity", "identity__owner", "settled_by"),
        "decisions": decisions,
        "sent": longest_due(without_receipt().filter(source_id__in=contact.decisions.values("pk"))),
        "grades": GradeChange.objects.filter(contact_id=contact.pk).select_related("author"),
        "openings": contact.openings.select_related("author").order_by("-at", "-pk"),
        "answers": answers_to(contact.checks.all()),
        "entries": ContactEntry.objects.filter(contact_id=contact.pk).select_related("author", "to"),
    }


def _at_addresses(
    contact: Contact,
    anchors: dict[UUID, UUID],
    post: Post,
    back: datetime.timedelta,
    lived_in: list[Address],
    neighbours: list[Address],
) -> list[AtAddress]:
    """Earlier contacts about other people at the same addresses (users 2.17); one query where there are others."""
    homes = {home.folded: home for home in lived_in}
    living: dict[str, set[UUID]] = defaultdict(set)
    for row in neighbours:
        living[row.folded] |= {person for person in row.about if person not in anchors}
    others = sorted({person for people in living.values() for person in people})
    if not others:
        return []
    since = contact.received_at - back
    rows = Contact.objects.visible().filter(
        owner_no=post.agency.no, about__overlap=others, received_at__gte=since, received_at__lte=contact.received_at
    )
    read, decisions = list(rows.order_by("-received_at")), list(counting(rows))
    held = [row for row in read if row.pk != contact.pk and not set(row.about) & set(anchors)]
    decided = decisions_by_contact(decisions)
    return [
        _at_address(home, [row for row in held if set(row.about) & living[folded]], decided)
        for folded, home in homes.items()
        if any(set(row.about) & living[folded] for row in held)
    ]


def _at_address(home: Address, rows: list[Contact], decided: dict[UUID, list[Decision]]) -> AtAddress:
    """Split what happened at a home into the time these people lived there and the rest."""
    inside = [row for row in rows if _lived_there(home, row.received_at.date())]
    shown = tuple(Earlier(row, frozenset(), tuple(decided[row.pk])) for row in inside)
    return AtAddress(home, shown, others=len(inside) < len(rows))


def _lived_there(home: Address, day: datetime.date) -> bool:
    """Whether these people lived there on a day. An address without a start counts from its record."""
    starts = home.from_date or home.happened_on
    return starts <= day and (home.to_date is None or day <= home.to_date)
