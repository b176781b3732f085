"""Open flags as this reader may see them: the flag by row security, and each fact behind it by row security too."""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass, field
from uuid import UUID

from django.db.models import Q

from cases.models import (
    Action,
    Assessment,
    ConsentToHelp,
    Custody,
    ExpectedAgency,
    Flag,
    Meeting,
    Review,
    Snooze,
    StepUp,
    TeamMember,
    WatchPrompt,
)
from cases.queries.pages.caseload import OVERSEERS, my_case_ids
from cases.queries.pages.known import full_name
from cases.queries.pages.leading import covers_now
from cases.queries.pages.paging import mark, words_of
from cases.rules.flags import FLAG_CLEARS_WHEN, FLAG_SAYS
from cases.vocabulary import FlagAge, FlagRule
from sharing_agreements.models import Identity, Post, Team
from sharing_agreements.queries import identities_of
from sharing_agreements.working_time import LONDON


@dataclass
class FlagLine:
    """One flag on one family: why, which facts behind it this reader may see, and what makes it go away."""

    flag: Flag
    says: str
    clears_when: str
    names: list[str] = field(default_factory=list)
    facts: list[str] = field(default_factory=list)
    snooze: Snooze | None = None
    leads: bool = False
    may_put_off: bool = False


@dataclass
class RuleGroup:
    """The open flags of one rule."""

    rule: FlagRule
    says: str
    clears_when: str
    lines: list[FlagLine]


PAGE = 50
NEVER = datetime.datetime.max.replace(tzinfo=datetime.UTC)
"""Where a flag stands that has not climbed: after all that have, as NULL does in the database."""

AGES = {FlagAge.NEW: (0, 7), FlagAge.WEEKS: (8, 28), FlagAge.OLD: (29, 36500)}
"""Days a flag has stood, from and up to."""


def teams_of(by: Post) -> list[Team]:
    """The teams of this post's agency, for those who oversee it."""
    return list(Team.objects.filter(agency=by.agency_id).order_by("name")) if by.role in OVERSEERS else []


def _asked_for(rule: str, age: str, team: str, today: datetime.date) -> Q:
    """The filter of a list of flags: a rule, how long they have stood, the team of whoever leads."""
    asked = Q(rule=rule) if rule else Q()
    if age:
        youngest, oldest = (today - datetime.timedelta(days=days) for days in AGES[FlagAge(age)])
        asked &= Q(raised_on__range=(oldest, youngest))
    if team:
        holders = Post.objects.held_on(today).filter(team=UUID(team)).values_list("practitioner__no", flat=True)
        asked &= Q(lead_no__in=list(holders))
    return asked


@dataclass(frozen=True)
class FlagPage:
    """Some of the open flags, by rule, and where the next page begins."""

    groups: list[RuleGroup]
    later: str


def open_flags(
    by: Post, today: datetime.date, *, rule: str = "", age: str = "", team: str = "", after: str = ""
) -> FlagPage:
    """Fifty open flags by rule, those that climbed first, then the oldest. `after` is the `later` of the page before.

    Driven by the caseload, and for those who oversee it by the agency: each way is read in order of its own index.
    """
    rows = (
        Flag.objects.visible()
        .filter(_asked_for(rule, age, team, today), _after(after), cleared_at__isnull=True)
        .select_related("case")
        .order_by("climbed_at", "raised_on", "id")
    )
    ways = [Q(case_id__in=my_case_ids(by, today=today))]
    if by.role in OVERSEERS:
        ways += [Q(owner_no=by.agency.no), Q(rule=FlagRule.AGENCY_AWAY, sent_to_no=by.agency.no)]
    found = {flag.pk: flag for way in ways for flag in rows.filter(way)[: PAGE + 1]}
    flags = sorted(found.values(), key=lambda flag: (flag.climbed_at or NEVER, flag.raised_on, flag.pk))
    last = flags[PAGE - 1] if len(flags) > PAGE else None
    later = mark(last.climbed_at or NEVER, last.raised_on, last.pk) if last else ""
    return FlagPage(_by_rule(flag_lines(flags[:PAGE], by, today), by, today), later)


def _after(after: str) -> Q:
    """Flags that come after a place in the list; all of them for what is no place."""
    try:
        climbed, raised, key = words_of(after)
        climbed_at = datetime.datetime.fromisoformat(climbed)
        raised_on = datetime.date.fromisoformat(raised)
        later = Q(raised_on__gt=raised_on) | Q(raised_on=raised_on, id__gt=UUID(key))
    except ValueError:
        return Q()
    if climbed_at == NEVER:
        return Q(climbed_at__isnull=True) & later
    return Q(climbed_at__isnull=True) | Q(climbed_at__gt=climbed_at) | (Q(climbed_at=climbed_at) & later)


def _by_rule(lines: list[FlagLine], by: Post, today: datetime.date) -> list[RuleGroup]:
    covered = {
        cover.case_id
        for cover in covers_now([line.flag.case_id for line in lines], today)
        if cover.practitioner_id == by.practitioner_id
    }
    for line in lines:
        line.leads = by.practitioner.no == line.flag.lead_no
        arranges = line.leads or line.flag.case_id in covered or by.role in OVERSEERS
        line.may_put_off = line.snooze is None and arranges
    groups = {rule: [line for line in lines if line.flag.rule == rule] for rule in FlagRule}
    return [RuleGroup(r, FLAG_SAYS[r], FLAG_CLEARS_WHEN[r], found) for r, found in groups.items() if found]


def flag_lines(flags: list[Flag], by: Post, today: datetime.date) -> list[FlagLine]:
    """Flags with names, facts and the snooze that holds, in eleven queries however many they are."""
    names = identities_of({person for flag in flags for person in flag.about}, for_post=by)
    facts = _facts({row for flag in flags for row in flag.evidence}, today)
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


def _facts(rows: Iterable[UUID], today: datetime.date) -> dict[UUID, str]:
    """Each evidence row this reader may see, as a sentence. The others are left out without a trace."""
    ids = list(rows)
    if not ids:
        return {}
    found = {a.pk: f"{a.title}, by {_day(a.due_on)}" for a in Action.objects.filter(pk__in=ids)}
    found |= {r.pk: _review(r) for r in Review.objects.filter(pk__in=ids)}
    found |= {a.pk: f"Assessment due {_day(a.due_on)}" for a in Assessment.objects.filter(pk__in=ids)}
    places = TeamMember.objects.filter(pk__in=ids).select_related("agency")
    found |= {m.pk: f"{m.agency.name}, {m.part}" for m in places}
    wanted = ExpectedAgency.objects.filter(pk__in=ids).select_related("agency")
    found |= {e.pk: f"{e.agency.name}: {e.why}" for e in wanted}
    found |= {m.pk: f"Meeting of {_day(_london(m.starts_at))}" for m in Meeting.objects.filter(pk__in=ids)}
    found |= {p.pk: f"Week {p.week}, due {_day(p.due_on)}" for p in WatchPrompt.objects.filter(pk__in=ids)}
    found |= {c.pk: release_words(c, today) for c in Custody.objects.filter(pk__in=ids)}
    found |= {c.pk: f"Asked {_day(c.happened_on)}" for c in ConsentToHelp.objects.filter(pk__in=ids)}
    return found | {u.pk: f"Sent {_day(u.happened_on)}" for u in StepUp.objects.filter(pk__in=ids)}


def release_words(custody: Custody, today: datetime.date) -> str:
    """How many days are left until a release, and what to do meanwhile; or that nobody has said what became of it."""
    if custody.ended_on:
        return f"{custody.get_ended_as_display()} {_day(custody.ended_on)}"
    if custody.release_on is None:
        return "The day is not known"
    if custody.release_on < today:
        return f"Release was expected on {_day(custody.release_on)}: record it, or the new date"
    days = (custody.release_on - today).days
    when = {0: "today", 1: "tomorrow"}.get(days, f"in {days} days, on {_day(custody.release_on)}")
    return f"Release {when}: agree the plan with the family"


def _london(moment: datetime.datetime) -> datetime.date:
    return moment.astimezone(LONDON).date()


def _review(review: Review) -> str:
    next_on = f"; the next was due {_day(review.next_review_on)}" if review.next_review_on else ""
    return f"Reviewed {_day(review.happened_on)}{next_on}"


def _day(day: datetime.date) -> str:
    return f"{day.day} {day:%B %Y}"
