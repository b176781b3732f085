"""The watch over cases: set-based sweeps that raise flags once, clear them by themselves and let them climb.

Each rule is one SELECT in sql/watch/ that says which subjects it fires for today. A sweep compares that with the
flags that are open: what is new is raised, what no longer fires is cleared. So running twice changes nothing, and
one run after missed nights catches up. Needs the principal `watch_cases` (or maintenance).
"""

import datetime
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.db import connection

from cases.models import Threshold
from cases.vocabulary import FAMILY_CONTACT, FLAG_CLEARS_WHEN, FLAG_SAYS, FlagRule
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


_SUBJECTS = {FlagRule.IN_TOUCH_DUE: "cases_watch", FlagRule.RECEIPT_OVERDUE: "cases_stepup"}
RULES: tuple[WatchRule, ...] = tuple(
    WatchRule(rule, _SUBJECTS.get(rule, "cases_case"), (_SQL / f"{rule}.sql").read_text(encoding="utf-8"))
    for rule in FlagRule
)
"""Every rule, in one place."""


@dataclass(frozen=True)
class Swept:
    """What one rule changed in one sweep."""

    rule: FlagRule
    raised: int
    cleared: int
    climbed: int


def sweep(*, as_of: datetime.date, now: datetime.datetime) -> list[Swept]:
    """Bring every rule's flags to what is true on `as_of`. Answers what changed, per rule."""
    calendar = queries.calendar()
    thresholds = {threshold.rule: threshold for threshold in Threshold.objects.all()}
    return [_sweep_rule(rule, thresholds[rule.code], as_of, now, calendar) for rule in RULES]


def _sweep_rule(
    rule: WatchRule, threshold: Threshold, as_of: datetime.date, now: datetime.datetime, calendar: Calendar
) -> Swept:
    values = _values(rule.code, threshold, as_of, now, calendar)
    with connection.cursor() as cursor:
        firing = rule.select if threshold.is_on else f"{rule.select} limit 0"
        cursor.execute(_RAISE_AND_CLEAR.format(firing=firing, subjects=rule.subjects), values)
        raised, cleared = cursor.fetchone()
        cursor.execute(_CLIMB, values)
        return Swept(rule.code, raised, cleared, cursor.rowcount)


def _values(
    rule: FlagRule, threshold: Threshold, as_of: datetime.date, now: datetime.datetime, calendar: Calendar
) -> Mapping[str, Any]:
    cutoff = add_working_days(as_of, -threshold.days, calendar)
    never_begun = add_working_days(as_of, -threshold.days - _DAYS_TO_BEGIN_AN_ASSESSMENT, calendar)
    return {
        "rule": rule,
        "as_of": as_of,
        "now": now,
        "cutoff": cutoff,
        "cutoff_at": _midnight(cutoff),
        "never_begun_at": _midnight(never_begun),
        "contact_notes": sorted(FAMILY_CONTACT),
        "climb_cutoff": add_working_days(as_of, -threshold.climbs_after, calendar),
    }


def _midnight(day: datetime.date) -> datetime.datetime:
    return datetime.datetime.combine(day, datetime.time(), LONDON)


_RAISE_AND_CLEAR = """
with firing as materialized ({firing}),
cleared as (
    update cases_flag f set cleared_at = %(now)s
     where f.rule = %(rule)s and f.cleared_at is null
       and not exists (select from firing x where x.subject_id = f.subject_id and x.episode = f.episode)
    returning 1),
refreshed as (
    update cases_flag f set evidence = x.evidence
      from firing x
     where f.rule = %(rule)s and f.cleared_at is null and f.subject_id = x.subject_id and f.episode = x.episode
       and f.evidence <> x.evidence),
raised as (
    insert into cases_flag as f (id, owner_id, family_id, person_id, about, happened_on, recorded_at, sent_to_id,
        sent_to_practitioner_id, hidden_from, version, kind, owner_no, bit, stage, involved, workers, restricted,
        case_id, rule, subject_id, episode, evidence, raised_at, raised_on)
    select gen_random_uuid(), s.owner_id, s.family_id, s.person_id, s.about, %(as_of)s, %(now)s, s.sent_to_id,
           s.sent_to_practitioner_id, s.hidden_from, 1, 15, 0, 0, 0, '{{}}', '{{}}', 0,
           x.case_id, %(rule)s, x.subject_id, x.episode, x.evidence, %(now)s, %(as_of)s
      from firing x
      join {subjects} s on s.id = x.subject_id
     where not exists (select from cases_flag o where o.rule = %(rule)s and o.subject_id = x.subject_id
                          and o.episode = x.episode and o.cleared_at is null)
    on conflict (rule, subject_id, episode) do update
       set cleared_at = null, raised_at = excluded.raised_at, raised_on = excluded.raised_on,
           evidence = excluded.evidence, snoozed_until = null, climbed_at = null
     where f.cleared_at is not null
    returning 1)
select (select count(*) from raised), (select count(*) from cleared)
"""

_CLIMB = """
update cases_flag set climbed_at = %(now)s
 where rule = %(rule)s and cleared_at is null and climbed_at is null and raised_on <= %(climb_cutoff)s
   and coalesce(snoozed_until, '-infinity') < %(as_of)s
"""
