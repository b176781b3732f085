"""Everything the decider reads about one contact, each list in one query, as far as row security shows it."""

import datetime
from collections import defaultdict
from dataclasses import dataclass, field
from uuid import UUID

from django.utils import timezone

from cases.models import ClosingSummary
from cases.queries.pages.receipts import Receipt, receipts, without_receipt
from referrals.models import (
    Contact,
    ContactEntry,
    Decision,
    GradeChange,
    Match,
    Question,
    Report,
    ReportAddition,
    ReportedAdult,
)
from referrals.queries.contacts import (
    THREE_YEARS,
    YEAR,
    Around,
    Earlier,
    around,
    earlier_contacts,
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


def facts_of(contact: Contact, *, post: Post, today: datetime.date, older: bool = False) -> Facts:
    """Read a contact for its page: 12 months of history, or 3 years when `older` was asked for (domain D37)."""
    report = _report(contact)
    found = Facts(around([contact], post=post, today=today), report)
    anchors = found.around.anchors
    back = THREE_YEARS if older else YEAR
    found.adults = list(ReportedAdult.objects.filter(report_id=report.pk).order_by("position"))
    found.additions = list(ReportAddition.objects.filter(report_id=report.pk).order_by("recorded_at"))
    found.questions = list(Question.objects.filter(report_id=report.pk).order_by("recorded_at"))
    found.earlier = earlier_contacts([contact], anchors, post=post, back=back).get(contact.pk, [])
    found.at_addresses = _at_addresses(contact, anchors, post, back)
    found.closings = _closings(anchors)
    found.matches = list(
        readable_matches().filter(contact_id=contact.pk).select_related("identity", "identity__owner", "settled_by")
    )
    for decision in contact.decisions.select_related("detail", "case", "author", "second_look").order_by("decided_at"):
        (found.returned if decision.returned else found.decisions)[decision.reported_child_id] = decision
    sent = without_receipt().filter(source_id__in=[one.pk for one in found.decisions.values()])
    for one in receipts(sent, post=post, now=timezone.now(), today=today):
        if one.step.source_id:
            found.receipts[one.step.source_id] = one
    found.grades = list(GradeChange.objects.filter(contact_id=contact.pk).select_related("author"))
    found.entries = list(ContactEntry.objects.filter(contact_id=contact.pk).select_related("author", "to"))
    people = {row.candidate_id for row in found.matches}
    found.around.names |= queries.identities_of(people - found.around.names.keys(), for_post=post)
    return found


def _report(contact: Contact) -> Report:
    rows = Report.objects.select_related("detail", "hub_only", "owner", "author").prefetch_related(
        "places", "children__detail", "children__wrong_mark"
    )
    report: Report = rows.get(pk=contact.report_id)
    return report


def _closings(anchors: dict[UUID, UUID]) -> dict[UUID, ClosingSummary]:
    """The last closing summary of each person: what is read first when they come back."""
    rows = ClosingSummary.objects.visible().filter(person_id__in=list(anchors)).order_by("happened_on", "recorded_at")
    return {anchors[row.person_id]: row for row in rows}


def _at_addresses(contact: Contact, anchors: dict[UUID, UUID], post: Post, back: datetime.timedelta) -> list[AtAddress]:
    """Earlier contacts about other people at the same addresses (users 2.17)."""
    homes: dict[str, Address] = {}
    for home in (
        Address.objects.visible().filter(person_id__in=list(anchors)).exclude(folded="").order_by("recorded_at")
    ):
        homes[home.folded] = home
    if not homes:
        return []
    neighbours = Address.objects.visible().filter(folded__in=list(homes)).exclude(person_id__in=list(anchors))
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
    held = [row for row in rows.order_by("-received_at") if row.pk != contact.pk and not set(row.about) & set(anchors)]
    decided: dict[UUID, list[Decision]] = defaultdict(list)
    for decision in Decision.objects.filter(contact_id__in=[row.pk for row in held], returned=False, held=False):
        decided[decision.contact_id].append(decision)
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
