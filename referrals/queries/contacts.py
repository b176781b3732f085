"""What the hub reads about contacts: the card's eight parts for a whole page at once, and earlier contacts.

A fixed number of queries however many contacts are on the page.
"""

import datetime
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from uuid import UUID

from django.db.models import QuerySet

from cases.models import ChildInCase, KeepApart, NotSafeToTell, StaffSafetyNote
from cases.vocabulary import CaseState
from referrals.models import Contact, Decision, Match, ReportedChild
from referrals.queries.hub_flags import HubFlagLine, flags_of
from referrals.queries.marks import Mark, marks_of
from referrals.vocabulary import MatchBand, MatchState
from sharing_agreements import queries
from sharing_agreements.models import Identity, Post, Practitioner

YEAR = datetime.timedelta(days=365)
THREE_YEARS = datetime.timedelta(days=3 * 365)
OPEN_STATES = frozenset(CaseState) - {CaseState.CLOSED, CaseState.DECLINED}


@dataclass(frozen=True)
class Earlier:
    """A contact that came before this one, about some of the same people, with what became of it."""

    contact: Contact
    people: frozenset[UUID]
    decisions: tuple[Decision, ...] = ()

    @property
    def outcome(self) -> str:
        """What was decided, in words; several children may differ."""
        said = sorted({decision.get_outcome_display().lower() for decision in self.decisions})
        return ", ".join(said) or "not decided yet"


@dataclass(frozen=True)
class OpenTo:
    """Who works with a child now: the case, where it stands, and the lead."""

    person: UUID
    child: ChildInCase
    lead: Practitioner | None


@dataclass
class Around:
    """Everything a page of contacts needs beside the contacts, keyed by contact or by person.

    Two people on a page may be one: `who` gives the one that open work and safety are kept under.
    """

    anchors: dict[UUID, UUID] = field(default_factory=dict)
    children: dict[UUID, list[ReportedChild]] = field(default_factory=lambda: defaultdict(list))
    names: dict[UUID, Identity] = field(default_factory=dict)
    earlier: dict[UUID, list[Earlier]] = field(default_factory=lambda: defaultdict(list))
    open_to: dict[UUID, OpenTo] = field(default_factory=dict)
    marks: dict[UUID, Mark] = field(default_factory=dict)
    not_safe: dict[UUID, NotSafeToTell] = field(default_factory=dict)
    kept_apart: dict[UUID, KeepApart] = field(default_factory=dict)
    staff_safety: dict[UUID, StaffSafetyNote] = field(default_factory=dict)
    flags: dict[UUID, list[HubFlagLine]] = field(default_factory=dict)
    matches: dict[UUID, dict[str, int]] = field(default_factory=lambda: defaultdict(lambda: defaultdict(int)))

    def who(self, person: UUID) -> UUID:
        """The person this one was confirmed to be, among those on the page."""
        return self.anchors.get(person, person)


def around(contacts: Iterable[Contact], *, post: Post, today: datetime.date) -> Around:
    """Read what stands round these contacts. The people in them count as whoever they were confirmed to be."""
    page = list(contacts)
    people = {person for contact in page for person in contact.about}
    anchors = queries.same_people(people)
    found = Around(anchors)
    for child in ReportedChild.objects.filter(report_id__in=[c.report_id for c in page]).order_by("position"):
        found.children[child.report_id].append(child)
    found.names = queries.identities_of(people, for_post=post)
    found.earlier = earlier_contacts(page, anchors, post=post)
    found.open_to = open_to(anchors)
    found.marks = marks_of(people)
    _read_safety(found, anchors, today)
    _count_matches(found, page)
    found.flags = flags_of([c.pk for c in page], post, today)
    return found


def earlier_contacts(
    page: list[Contact], anchors: dict[UUID, UUID], *, post: Post, back: datetime.timedelta = YEAR
) -> dict[UUID, list[Earlier]]:
    """Contacts of the hub before each of these about any of the same people, newest first; however they ended."""
    if not page:
        return {}
    since = min(contact.received_at for contact in page) - back
    rows = (
        Contact.objects.visible()
        .filter(owner_no=post.agency.no, about__overlap=list(anchors), received_at__gte=since)
        .order_by("-received_at")
    )
    held = list(rows)
    decided: dict[UUID, list[Decision]] = defaultdict(list)
    for decision in Decision.objects.filter(contact_id__in=[row.pk for row in held], returned=False, held=False):
        decided[decision.contact_id].append(decision)
    found: dict[UUID, list[Earlier]] = defaultdict(list)
    for contact in page:
        ours = {anchors.get(person, person) for person in contact.about}
        for row in held:
            shared = ours & {anchors.get(person, person) for person in row.about}
            in_time = contact.received_at - back <= row.received_at <= contact.received_at
            if shared and in_time and row.pk != contact.pk:
                found[contact.pk].append(Earlier(row, frozenset(shared), tuple(decided[row.pk])))
    return found


def open_to(anchors: dict[UUID, UUID]) -> dict[UUID, OpenTo]:
    """Open work with each person, as far as this reader may see a case, with the lead's name and phone."""
    rows = list(
        ChildInCase.objects.visible()
        .filter(person_id__in=list(anchors), state__in=OPEN_STATES)
        .select_related("case")
        .order_by("since")
    )
    leads = {p.no: p for p in Practitioner.objects.filter(no__in=[r.lead_no for r in rows if r.lead_no])}
    return {anchors[row.person_id]: OpenTo(anchors[row.person_id], row, leads.get(row.lead_no)) for row in rows}


def _read_safety(found: Around, anchors: dict[UUID, UUID], today: datetime.date) -> None:
    """Not safe to tell, keep apart, staff safety: who they are about -> the note."""
    everybody = list(anchors)
    for unsafe in NotSafeToTell.objects.filter(about__overlap=everybody, lifted=None):
        found.not_safe |= {anchors[p]: unsafe for p in unsafe.about if p in anchors}
    for pair in KeepApart.objects.filter(about__overlap=everybody, ended_on=None):
        found.kept_apart |= {anchors[p]: pair for p in pair.about if p in anchors}
    for note in StaffSafetyNote.objects.filter(about__overlap=everybody, ended_on=None):
        found.staff_safety |= {anchors[p]: note for p in note.about if p in anchors}


def _count_matches(found: Around, page: list[Contact]) -> None:
    rows = readable_matches().filter(contact_id__in=[c.pk for c in page], state=MatchState.OPEN)
    for contact, band in rows.values_list("contact_id", "band"):
        found.matches[contact][MatchBand(band)] += 1


def readable_matches() -> QuerySet[Match]:
    """Matches whose other account this reader may read: the join to it is under row security too (decision 18)."""
    found: QuerySet[Match] = Match.objects.visible().filter(identity__in=Identity.objects.all())
    return found
