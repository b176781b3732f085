"""What the hub reads about contacts: the card's eight parts for a whole page at once, and earlier contacts.

A fixed number of queries however many contacts are on the page.
"""

import datetime
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from cases.models import ChildInCase, KeepApart, NotSafeToTell, StaffSafetyNote
from cases.vocabulary import CaseState
from referrals.models import AgencyCheck, Contact, Decision, Match, ReportedChild
from referrals.queries.checks import checks_of
from referrals.queries.hub_flags import HubFlagLine, flags_on, lines_by_contact
from referrals.queries.marks import Mark, marks_of
from referrals.queries.repeats import OTHER_HOUSEHOLD, Repeats, by_contact, hits_of
from referrals.rules.repeats import Tie
from referrals.vocabulary import MatchBand, MatchState
from sharing_agreements import queries
from sharing_agreements.models import Identity, Post, Practitioner

YEAR = datetime.timedelta(days=365)
THREE_YEARS = datetime.timedelta(days=3 * 365)
OPEN_STATES = frozenset(CaseState) - {CaseState.CLOSED, CaseState.DECLINED}


@dataclass(frozen=True)
class Earlier:
    """A contact that came before this one: what ties it to this one, about whom of these people, what became of it."""

    contact: Contact
    tie: Tie
    people: frozenset[UUID] = frozenset()
    homes: tuple[UUID, ...] = ()
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
    repeats: dict[UUID, Repeats] = field(default_factory=dict)
    earlier: dict[UUID, list[Earlier]] = field(default_factory=lambda: defaultdict(list))
    open_to: dict[UUID, OpenTo] = field(default_factory=dict)
    marks: dict[UUID, Mark] = field(default_factory=dict)
    not_safe: dict[UUID, NotSafeToTell] = field(default_factory=dict)
    kept_apart: dict[UUID, KeepApart] = field(default_factory=dict)
    staff_safety: dict[UUID, StaffSafetyNote] = field(default_factory=dict)
    flags: dict[UUID, list[HubFlagLine]] = field(default_factory=dict)
    checks: dict[UUID, list[AgencyCheck]] = field(default_factory=lambda: defaultdict(list))
    matches: dict[UUID, dict[str, int]] = field(default_factory=lambda: defaultdict(lambda: defaultdict(int)))

    def who(self, person: UUID) -> UUID:
        """The person this one was confirmed to be, among those on the page."""
        return self.anchors.get(person, person)


def around(contacts: Iterable[Contact], *, post: Post, today: datetime.date) -> Around:
    """Read what stands round these contacts. The people in them count as whoever they were confirmed to be."""
    page = list(contacts)
    anchors = queries.same_people(person for contact in page for person in contact.about)
    told = {name: list(rows) for name, rows in lists_around(page, anchors, post=post, today=today).items()}
    return around_from(told, page, anchors, post=post, today=today)


def lists_around(
    page: list[Contact],
    anchors: dict[UUID, UUID],
    *,
    post: Post,
    today: datetime.date,
    back: datetime.timedelta = YEAR,
) -> dict[str, Iterable[Any]]:
    """What `around_from` is made from: every list by its name, for one query."""
    everybody, ids = list(anchors), [contact.pk for contact in page]
    hits = hits_of(page, post=post, back=back, today=today)
    earlier = Contact.objects.visible().filter(pk__in={hit.earlier for hit in hits if hit.tie != OTHER_HOUSEHOLD})
    work = _open_work(everybody)
    to_settle = readable_matches().filter(contact_id__in=ids, state=MatchState.OPEN)
    return {
        "children": ReportedChild.objects.filter(report_id__in=[c.report_id for c in page]).order_by("position"),
        "accounts": queries.accounts_of(everybody),
        "hits": hits,
        "earlier": earlier,
        "decided": counting(earlier),
        "work": work,
        "leads": _leads(work),
        "unsafe": NotSafeToTell.objects.filter(about__overlap=everybody, lifted=None),
        "apart": KeepApart.objects.filter(about__overlap=everybody, ended_on=None),
        "safety": StaffSafetyNote.objects.filter(about__overlap=everybody, ended_on=None),
        "to_settle": to_settle.values_list("contact_id", "band"),
        "flags": flags_on(ids, post, today),
        "checks": checks_of(ids, post),
    }


def around_from(
    told: dict[str, list[Any]],
    page: list[Contact],
    anchors: dict[UUID, UUID],
    *,
    post: Post,
    today: datetime.date,
) -> Around:
    """Put together what was read. Marks come from the gate alone, and what is behind a flag where there is one."""
    found = Around(anchors)
    for child in told["children"]:
        found.children[child.report_id].append(child)
    people = {person for contact in page for person in contact.about}
    found.names = queries.best_accounts(told["accounts"], people, anchors, for_post=post)
    found.repeats = by_contact(told["hits"])
    found.earlier = _listed(found.repeats, anchors, told["earlier"], told["decided"])
    found.open_to = _work_of(anchors, told["work"], told["leads"])
    found.marks = marks_of(people)
    found.not_safe = {anchors[p]: row for row in told["unsafe"] for p in row.about if p in anchors}
    found.kept_apart = {anchors[p]: row for row in told["apart"] for p in row.about if p in anchors}
    found.staff_safety = {anchors[p]: row for row in told["safety"] for p in row.about if p in anchors}
    for contact, band in told["to_settle"]:
        found.matches[contact][MatchBand(band)] += 1
    for check in told["checks"]:
        found.checks[check.contact_id].append(check)
    found.flags = lines_by_contact(told["flags"], post, today)
    return found


def counting(contacts: QuerySet[Contact]) -> QuerySet[Decision]:
    """The decisions of these contacts that count."""
    return Decision.objects.filter(contact__in=contacts.order_by().values("pk"), returned=False, held=False)


def decisions_by_contact(decisions: Iterable[Decision]) -> dict[UUID, list[Decision]]:
    """Decisions by the contact they end."""
    found: dict[UUID, list[Decision]] = defaultdict(list)
    for decision in decisions:
        found[decision.contact_id].append(decision)
    return found


def _listed(
    repeats: dict[UUID, Repeats], anchors: dict[UUID, UUID], contacts: list[Contact], decisions: list[Decision]
) -> dict[UUID, list[Earlier]]:
    """The contacts listed before each, newest first, with what was decided; however they ended."""
    read = {contact.pk: contact for contact in contacts}
    decided = decisions_by_contact(decisions)
    found: dict[UUID, list[Earlier]] = defaultdict(list)
    for contact, before in repeats.items():
        for hit in before.listed:
            people = frozenset(anchors.get(person, person) for person in hit.people)
            if one := read.get(hit.earlier):
                found[contact].append(Earlier(one, Tie(hit.tie), people, hit.homes, tuple(decided[one.pk])))
    return found


def open_to(anchors: dict[UUID, UUID]) -> dict[UUID, OpenTo]:
    """Open work with each person, as far as this reader may see a case, with the lead's name and phone."""
    work = _open_work(list(anchors))
    return _work_of(anchors, list(work), list(_leads(work)))


def _open_work(everybody: list[UUID]) -> QuerySet[ChildInCase]:
    rows: QuerySet[ChildInCase] = ChildInCase.objects.visible().filter(person_id__in=everybody, state__in=OPEN_STATES)
    return rows.select_related("case").order_by("since")


def _leads(work: QuerySet[ChildInCase]) -> QuerySet[Practitioner]:
    return Practitioner.objects.filter(no__in=work.order_by().values("lead_no"))


def _work_of(
    anchors: dict[UUID, UUID], rows: list[ChildInCase], practitioners: list[Practitioner]
) -> dict[UUID, OpenTo]:
    leads = {one.no: one for one in practitioners}
    found = [OpenTo(anchors[row.whom], row, leads.get(row.lead_no or 0)) for row in rows]
    return {one.person: one for one in found}


def readable_matches() -> QuerySet[Match]:
    """Matches whose other account this reader may read: the join to it is under row security too (decision 18)."""
    found: QuerySet[Match] = Match.objects.visible().filter(identity__in=Identity.objects.all())
    return found
