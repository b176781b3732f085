"""Open flags as this reader may see them: the flag by row security, and each fact behind it by row security too."""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass, field
from uuid import UUID

from django.db.models import Q

from cases.models import Action, Assessment, Flag, Review, Snooze, StepUp, WatchPrompt
from cases.queries.pages.caseload import MINE_READ, OVERSEERS, my_case_ids
from cases.queries.pages.known import full_name
from cases.queries.pages.leading import covers_now
from cases.vocabulary import FLAG_CLEARS_WHEN, FLAG_SAYS, FlagRule
from sharing_agreements.models import Identity, Post
from sharing_agreements.queries import identities_of


@dataclass
class FlagLine:
    """One flag on one family: why, which facts behind it this reader may see, and what makes it go away."""

    flag: Flag
    says: str
    clears_when: str
    names: list[str] = field(default_factory=list)
    facts: list[str] = field(default_factory=list)
    snooze: Snooze | None = None
    may_put_off: bool = False


@dataclass
class RuleGroup:
    """The open flags of one rule."""

    rule: FlagRule
    says: str
    clears_when: str
    lines: list[FlagLine]


def open_flags(by: Post, today: datetime.date) -> list[RuleGroup]:
    """Open flags by rule, those that climbed first. Driven by the caseload, or the agency for those who oversee it."""
    mine = Q(case_id__in=my_case_ids(by, today=today))
    if by.role in OVERSEERS:
        mine |= Q(owner_no=by.agency.no)
    flags = (
        Flag.objects.visible()
        .filter(mine, cleared_at__isnull=True)
        .select_related("case")
        .order_by("climbed_at", "raised_on", "id")[:MINE_READ]
    )
    lines = flag_lines(list(flags), by, today)
    covered = {
        cover.case_id
        for cover in covers_now([line.flag.case_id for line in lines], today)
        if cover.practitioner_id == by.practitioner_id
    }
    for line in lines:
        leads = by.practitioner.no == line.flag.lead_no or line.flag.case_id in covered
        line.may_put_off = line.snooze is None and (leads or by.role in OVERSEERS)
    groups = {rule: [line for line in lines if line.flag.rule == rule] for rule in FlagRule}
    return [RuleGroup(r, FLAG_SAYS[r], FLAG_CLEARS_WHEN[r], found) for r, found in groups.items() if found]


def flag_lines(flags: list[Flag], by: Post, today: datetime.date) -> list[FlagLine]:
    """Flags with names, facts and the snooze that holds, in seven queries however many they are."""
    names = identities_of({person for flag in flags for person in flag.about}, for_post=by)
    facts = _facts({row for flag in flags for row in flag.evidence})
    snoozes = _snoozes(flags, today)
    return [
        FlagLine(
            flag=flag,
            says=FLAG_SAYS[FlagRule(flag.rule)],
            clears_when=FLAG_CLEARS_WHEN[FlagRule(flag.rule)],
            names=_names(flag, names),
            facts=[facts[row] for row in flag.evidence if row in facts],
            snooze=snoozes.get(flag.pk),
        )
        for flag in flags
    ]


def _names(flag: Flag, names: dict[UUID, Identity]) -> list[str]:
    known = [full_name(names[person]) for person in flag.about if person in names]
    return known or ["somebody we cannot name"]


def _snoozes(flags: list[Flag], today: datetime.date) -> dict[UUID, Snooze]:
    held = [flag.pk for flag in flags if flag.snoozed_until and flag.snoozed_until >= today]
    rows = Snooze.objects.filter(flag_id__in=held).select_related("author")
    return {row.flag_id: row for row in rows.order_by("recorded_at")}


def _facts(rows: Iterable[UUID]) -> dict[UUID, str]:
    """Each evidence row this reader may see, as a sentence. The others are left out without a trace."""
    ids = list(rows)
    if not ids:
        return {}
    found = {a.pk: f"{a.title}, by {_day(a.due_on)}" for a in Action.objects.filter(pk__in=ids)}
    found |= {r.pk: _review(r) for r in Review.objects.filter(pk__in=ids)}
    found |= {a.pk: f"Assessment due {_day(a.due_on)}" for a in Assessment.objects.filter(pk__in=ids)}
    found |= {p.pk: f"Week {p.week}, due {_day(p.due_on)}" for p in WatchPrompt.objects.filter(pk__in=ids)}
    return found | {u.pk: f"Sent {_day(u.happened_on)}" for u in StepUp.objects.filter(pk__in=ids)}


def _review(review: Review) -> str:
    next_on = f"; the next was due {_day(review.next_review_on)}" if review.next_review_on else ""
    return f"Reviewed {_day(review.happened_on)}{next_on}"


def _day(day: datetime.date) -> str:
    return f"{day.day} {day:%B %Y}"
