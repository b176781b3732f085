"""The watch over cases: set-based sweeps that raise flags once, clear them by themselves and let them climb.

Each rule is one SELECT in sql/watch/ that says which subjects it fires for today. A sweep compares that with the
flags that are open: what is new is raised, what no longer fires is cleared. So running twice changes nothing, and
one run after missed nights catches up. Needs the principal `watch_cases` (or maintenance).
"""

import datetime
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import UUID

from django.db import connection

from cases.models import Threshold, ThresholdTrial
from cases.rules.flags import FLAG_CLEARS_WHEN, FLAG_SAYS
from cases.vocabulary import FAMILY_CONTACT, FlagRule
from sharing_agreements import queries
from sharing_agreements.working_time import LONDON, Calendar, add_working_days

JOB = "watch_cases"
_SQL = Path(__file__).parents[1] / "sql" / "watch"
_DAYS_TO_BEGIN_AN_ASSESSMENT = 10
"""Working days an assessment has from the start (D14)."""


@dataclass(frozen=True)
class WatchRule:
    """A rule of the watch: what it says, what clears it, its SELECT, and the governed table its subjects are in.

    A flag copies people, family, owner and what is hidden from whom from its subject's row, and so follows it.
    """

    code: FlagRule
    subjects: str
    select: str

    @property
    def says(self) -> str:
        """Why the flag is there."""
        return FLAG_SAYS[self.code]

    @property
    def clears_when(self) -> str:
        """What makes it go away."""
        return FLAG_CLEARS_WHEN[self.code]


def _read(name: str) -> str:
    return (_SQL / f"{name}.sql").read_text(encoding="utf-8")


_SUBJECTS = {
    FlagRule.IN_TOUCH_DUE: "cases_watch",
    FlagRule.RECEIPT_OVERDUE: "cases_stepup",
    FlagRule.AGENCY_AWAY: "cases_teammember",
    FlagRule.OWN_ANSWER: "cases_childincase",
    FlagRule.ADULT_ANSWER: "cases_childincase",
    FlagRule.CONSENT_REVIEW: "cases_childincase",
    FlagRule.BIRTH_DUE: "cases_childincase",
    FlagRule.AGENCY_MISSING: "cases_expectedagency",
    FlagRule.RELEASE_DUE: "cases_custody",
}
RULES: tuple[WatchRule, ...] = tuple(
    WatchRule(rule, _SUBJECTS.get(rule, "cases_case"), _read(rule)) for rule in FlagRule
)
"""Every rule, in one place."""


@dataclass(frozen=True)
class Swept:
    """What one sweep changed for one rule."""

    rule: FlagRule
    raised: int
    cleared: int


def sweep(*, as_of: datetime.date, now: datetime.datetime) -> list[Swept]:
    """Bring every rule's flags to what is true on `as_of`. Answers what changed; rules without change are left out."""
    values = _values(as_of, now, queries.calendar())
    with connection.cursor() as cursor:
        # Whole tables are joined here: yesterday's statistics must not mislead the planner into row by row.
        cursor.execute("set local enable_nestloop = off; set local work_mem = '256MB'")
        cursor.execute(_STATEMENT, values)
        swept = [Swept(FlagRule(rule), raised, cleared) for rule, raised, cleared, _all in cursor.fetchall()]
        cursor.execute(_CLIMB, values)
        cursor.execute("set local enable_nestloop to default; set local work_mem to default")
    return swept


def _values(as_of: datetime.date, now: datetime.datetime, calendar: Calendar) -> dict[str, Any]:
    """What the statement needs: shared values, and each rule's numbers under the rule's name."""
    thresholds = {threshold.rule: threshold for threshold in Threshold.objects.all()}
    values: dict[str, Any] = {
        "as_of": as_of,
        "now": now,
        "contact_notes": sorted(FAMILY_CONTACT),
        "rules": list(FlagRule),
        "is_on": [thresholds[rule].is_on for rule in FlagRule],
        "climb_cutoffs": [add_working_days(as_of, -thresholds[rule].climbs_after, calendar) for rule in FlagRule],
        "subjects": [rule.subjects for rule in RULES],
    }
    for rule in FlagRule:
        values |= _numbers(rule, as_of, thresholds[rule].days, calendar)
    return values


def _numbers(name: str, as_of: datetime.date, days: int, calendar: Calendar) -> dict[str, Any]:
    """What a rule's SELECT asks for when it waits so many working days, under a name of its own."""
    cutoff = add_working_days(as_of, -days, calendar)
    never_begun = add_working_days(as_of, -days - _DAYS_TO_BEGIN_AN_ASSESSMENT, calendar)
    return {
        f"{name}_cutoff": cutoff,
        f"{name}_cutoff_at": _midnight(cutoff),
        f"{name}_never_begun_at": _midnight(never_begun),
    }


def _midnight(day: datetime.date) -> datetime.datetime:
    return datetime.datetime.combine(day, datetime.time(), LONDON)


def _select(rule: WatchRule, name: str = "") -> str:
    """The rule's SELECT with a name in front (its own unless another is given), asking for the numbers of that name."""
    name = name or rule.code
    own = re.sub(r"%\((cutoff|cutoff_at|never_begun_at)\)s", rf"%({name}_\1)s", rule.select)
    return f"select '{name}' as rule, f.* from (\n{own}) f"  # noqa: S608  our own files


def count_trial(*, trial: UUID, as_of: datetime.date, now: datetime.datetime) -> None:
    """Count what a rule flags with its numbers of today and with those of a trial, by agency and team of the lead.

    The rule's own SELECT twice; nothing is raised or cleared. Families closed to all but named people are left out: a
    number must not tell of them (users 2.19). Needs the principal `watch_cases`.
    """
    one = ThresholdTrial.objects.get(pk=trial)
    rule = next(rule for rule in RULES if rule.code == one.rule)
    today, calendar = Threshold.objects.get(pk=one.rule), queries.calendar()
    values = {
        "as_of": as_of,
        "contact_notes": sorted(FAMILY_CONTACT),
        "now_is_on": today.is_on,
        "then_is_on": one.is_on,
        **_numbers("now", as_of, today.days, calendar),
        **_numbers("then", as_of, one.days, calendar),
    }
    with connection.cursor() as cursor:
        cursor.execute("set local enable_nestloop = off; set local work_mem = '256MB'")
        cursor.execute(
            _read("_trial").format(
                in_work=_read("_in_work"),
                reviewed=_read("_reviewed"),
                now=_select(rule, "now"),
                then=_select(rule, "then"),
            ),
            values,
        )
        lines = [list(line) for line in cursor.fetchall()]
        cursor.execute("set local enable_nestloop to default; set local work_mem to default")
    ThresholdTrial.objects.filter(pk=trial).update(lines=lines, counted_at=now)


_STATEMENT = _read("_sweep").format(
    in_work=_read("_in_work"), reviewed=_read("_reviewed"), rules="\nunion all\n".join(_select(rule) for rule in RULES)
)

# A release does not wait for somebody to lead: where nobody does, the manager has it the same night.
_CLIMB = """
update cases_flag f set climbed_at = %(now)s
  from unnest(%(rules)s, %(climb_cutoffs)s) s (rule, cutoff)
 where f.rule = s.rule and f.cleared_at is null and f.climbed_at is null
   and (f.raised_on <= s.cutoff
        or f.rule = 'release_due' and exists (select from cases_case k where k.id = f.case_id and k.lead_no is null))
   and coalesce(f.snoozed_until, '-infinity') < %(as_of)s
"""
