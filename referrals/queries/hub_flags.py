"""The hub's open flags as this reader may see them: the flag by row security, and each row behind it too."""

import datetime
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet

from cases.models import ChildInCase, Event, Watch
from cases.vocabulary import CaseState
from referrals.models import Contact, HubFlag, HubFlagSnooze, ReportedChild
from referrals.rules.hub_flags import FAMILY_RULES, HUB_FLAG_CLEARS_WHEN, HUB_FLAG_SAYS
from referrals.vocabulary import HubRule
from sharing_agreements import queries
from sharing_agreements.models import Address, Identity, Post, Practitioner
from sharing_agreements.part_known import say
from sharing_agreements.vocabulary import Precision, Role
from sharing_agreements.working_time import LONDON

CAP = 200
NEEDS_A_FACT = frozenset({HubRule.BACK_AGAIN, *FAMILY_RULES})
"""Rules whose sentence alone tells of a record outside the hub: shown only to who may read that record (2.19)."""


@dataclass(frozen=True)
class Fact:
    """One row behind a flag, in words, with its day; a contact has a page."""

    text: str
    day: datetime.date
    contact: UUID | None = None


@dataclass
class HubFlagLine:
    """One flag: about whom, which rows behind it this reader may see, who put it off."""

    flag: HubFlag
    says: str
    clears_when: str
    names: list[Identity | None] = field(default_factory=list)
    facts: list[Fact] = field(default_factory=list)
    snooze: HubFlagSnooze | None = None


@dataclass
class HubRuleGroup:
    """The open flags of one rule."""

    rule: HubRule
    says: str
    clears_when: str
    lines: list[HubFlagLine]


def open_flags(by: Post, today: datetime.date) -> list[HubRuleGroup]:
    """Open flags of this hub by rule, those that climbed first; a manager sees those that climbed."""
    rows = HubFlag.objects.visible().filter(owner_no=by.agency.no, cleared_at__isnull=True)
    if by.role == Role.MANAGER:
        rows = rows.filter(Q(snoozed_until__isnull=True) | Q(snoozed_until__lt=today), climbed_at__isnull=False)
    found = list(rows.select_related("contact__report").order_by("climbed_at", "raised_on", "id")[:CAP])
    lines = flag_lines(found, by, today)
    groups = {rule: [line for line in lines if line.flag.rule == rule] for rule in HubRule}
    return [HubRuleGroup(r, HUB_FLAG_SAYS[r], HUB_FLAG_CLEARS_WHEN[r], held) for r, held in groups.items() if held]


def flags_on(contacts: Iterable[UUID], by: Post, today: datetime.date) -> QuerySet[HubFlag]:
    """Open flags that name one of these contacts and are not put off, for the card and the contact's page."""
    rows: QuerySet[HubFlag] = HubFlag.objects.visible().filter(owner_no=by.agency.no, contact_id__in=list(contacts))
    running = rows.filter(Q(snoozed_until__isnull=True) | Q(snoozed_until__lt=today), cleared_at__isnull=True)
    return running.select_related("contact__report").order_by("rule", "id")


def lines_by_contact(flags: list[HubFlag], by: Post, today: datetime.date) -> dict[UUID, list[HubFlagLine]]:
    """The lines of these flags, by the contact each begins with."""
    found: dict[UUID, list[HubFlagLine]] = defaultdict(list)
    for line in flag_lines(flags, by, today):
        if line.flag.contact_id:
            found[line.flag.contact_id].append(line)
    return found


def flag_lines(flags: list[HubFlag], by: Post, today: datetime.date) -> list[HubFlagLine]:
    """Flags with names, facts and the snooze that holds, in a fixed number of queries however many they are."""
    if not flags:
        return []
    told = {name: list(rows) for name, rows in _lists_behind(flags, today).items()}
    children: dict[UUID, list[UUID]] = defaultdict(list)
    for report, person in told["children"]:
        children[report].append(person)
    people_of = {f.pk: children[f.contact.report_id] if f.contact else f.about for f in flags}
    names = queries.identities_of({person for people in people_of.values() for person in people}, for_post=by)
    facts = _facts(told)
    snoozes = {row.flag_id: row for row in told["snoozes"]}
    lines = [
        HubFlagLine(
            flag=flag,
            says=HUB_FLAG_SAYS[HubRule(flag.rule)],
            clears_when=HUB_FLAG_CLEARS_WHEN[HubRule(flag.rule)],
            names=[names.get(person) for person in people_of[flag.pk]],
            facts=_by_day(facts[row] for row in flag.evidence if row in facts),
            snooze=snoozes.get(flag.pk),
        )
        for flag in flags
    ]
    return [line for line in lines if line.facts or line.flag.rule not in NEEDS_A_FACT]


def _by_day(facts: Iterable[Fact]) -> list[Fact]:
    """What is behind a flag, each once, the earliest first; of one day as the flag holds them."""
    return sorted(dict.fromkeys(facts), key=lambda fact: fact.day)


def _lists_behind(flags: list[HubFlag], today: datetime.date) -> dict[str, QuerySet[Any, Any]]:
    """The children of the report each flag begins with, the rows behind the flags, and who put one off."""
    evidence = {row for flag in flags for row in flag.evidence}
    held = [flag.pk for flag in flags if flag.snoozed_until and flag.snoozed_until >= today]
    children = ReportedChild.objects.filter(report_id__in={flag.contact.report_id for flag in flags if flag.contact})
    watches = Watch.objects.visible().filter(pk__in=evidence)
    return {
        "children": children.order_by("position").values_list("report_id", "person_id"),
        "contacts": Contact.objects.visible().filter(pk__in=evidence).select_related("report__owner"),
        "events": Event.objects.visible().filter(pk__in=evidence),
        "homes": Address.objects.visible().filter(pk__in=evidence),
        "closed": ChildInCase.objects.visible().filter(pk__in=evidence).select_related("case"),
        "watches": watches.select_related("case"),
        "leads": Practitioner.objects.filter(no__in=watches.values("lead_no")),
        "snoozes": HubFlagSnooze.objects.filter(flag_id__in=held).select_related("author").order_by("recorded_at"),
    }


def _facts(told: dict[str, list[Any]]) -> dict[UUID, Fact]:
    """Each row this reader may see, in words. The others are left out without a trace."""
    found = {
        c.pk: Fact(f"{c.report.reference}, {_day(c.received_at)}", c.received_at.astimezone(LONDON).date(), c.pk)
        for c in told["contacts"]
    }
    found |= {k.pk: Fact(_ended(k), k.since.astimezone(LONDON).date()) for k in told["closed"]}
    found |= {e.pk: Fact(f"{e.title}, {say(e.happened_on, e.precision)}", e.happened_on) for e in told["events"]}
    found |= {
        h.pk: Fact(f"A home from {say(h.from_date, Precision.DAY)}", h.from_date or h.happened_on)
        for h in told["homes"]
    }
    leads = {p.no: p for p in told["leads"]}
    return found | {w.pk: Fact(_lead(w, leads.get(w.lead_no)), w.starts_on) for w in told["watches"]}


def _ended(child: ChildInCase) -> str:
    how = "declined" if child.state == CaseState.DECLINED else "closed"
    return f"Case {child.case.reference} {how} {_day(child.since)}"


def _lead(watch: Watch, lead: Practitioner | None) -> str:
    who = f"{lead.name}, {lead.phone or 'no phone given'}" if lead else "nobody leads"
    return f"Case {watch.case.reference}: {who}"


def _day(at: datetime.datetime) -> str:
    return say(at.astimezone(LONDON).date(), Precision.DAY)
