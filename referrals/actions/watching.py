"""The watch over contacts: set-based sweeps that raise the hub's flags once, clear them, and let them climb.

Each rule is a SELECT in sql/watch/ that says what it fires for today. A sweep compares that with the flags that are
open: what is new is raised, what no longer fires is cleared. Twice changes nothing, and one run after missed nights
catches up. The same sweep tells a lead of a family being kept in touch with to ring the hub. Needs the principal
`watch_contacts` (or maintenance).
"""

import datetime
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import UUID

from django.db import connection

from referrals.models import HubThreshold
from referrals.rules.hub_flags import FAMILY_RULES
from referrals.vocabulary import HubRule
from sharing_agreements import queries
from sharing_agreements.actions.owing import owe
from sharing_agreements.working_time import LONDON, add_working_days

JOB = "watch_contacts"
_OF_CONTACTS = [rule for rule in HubRule if rule not in FAMILY_RULES]
_SQL = Path(__file__).parents[1] / "sql" / "watch"
_LOCK = 7205002
"""One sweep at a time: the night's and those that follow a report wait for one another."""


@dataclass(frozen=True)
class Swept:
    """What one sweep changed for one rule."""

    rule: HubRule
    raised: int
    cleared: int


def owe_watch(*, contact: UUID, because: str, at: datetime.datetime) -> None:
    """Owe a sweep now, because something happened to a contact: it was received, or a match was settled.

    The key holds the moment, so that the same contact may cause another sweep later; the job sweeps all contacts,
    because one more report changes what is true of earlier ones.
    """
    owe(
        job=JOB,
        key=f"{JOB}:{contact}:{because}:{at.isoformat()}",
        payload={"as_of": at.astimezone(LONDON).date()},
    )


def sweep(*, as_of: datetime.date, now: datetime.datetime) -> list[Swept]:
    """Bring flags and words to leads to what is true at `now`. Answers what changed, by rule."""
    thresholds = {threshold.rule: threshold for threshold in HubThreshold.objects.all()}
    values = _values(as_of, now, thresholds)
    with connection.cursor() as cursor:
        cursor.execute("select pg_advisory_xact_lock(%s)", [_LOCK])
        cursor.execute(_NOTICES, values)
        cursor.execute(_SWEEP, values)
        swept = [Swept(HubRule(rule), raised, cleared) for rule, raised, cleared in cursor.fetchall()]
        cursor.execute(_CLIMB, values)
    return swept


def clear_flags_of(*, person: UUID, now: datetime.datetime) -> None:
    """A child has died: clear what the hub is asked about them alone, in the transaction that says so. Whether a
    reporter has been told is asked on."""
    with connection.cursor() as cursor:
        cursor.execute("select gate.clear_hub_flags(%s, %s)", [person, now])


def _values(as_of: datetime.date, now: datetime.datetime, thresholds: dict[str, HubThreshold]) -> dict[str, Any]:
    """What the statements need: shared values, and each rule's numbers under the rule's name."""
    calendar = queries.calendar()
    values: dict[str, Any] = {
        "as_of": as_of,
        "now": now,
        "oldest": now - datetime.timedelta(days=max(thresholds[rule].days for rule in _OF_CONTACTS)),
        "rules": list(HubRule),
        "climb_cutoffs": [add_working_days(as_of, -thresholds[rule].climbs_after, calendar) for rule in HubRule],
    }
    for rule in _OF_CONTACTS:
        days = thresholds[rule].days
        values[f"{rule}_on"] = thresholds[rule].is_on
        values[f"{rule}_days"] = days
        values[f"{rule}_times"] = thresholds[rule].times
        values[f"{rule}_since"] = now - datetime.timedelta(days=days)
        waited = add_working_days(as_of, -days, calendar)
        values[f"{rule}_cutoff"] = datetime.datetime.combine(waited, datetime.time(), LONDON)
    return values


def read_sql(name: str) -> str:
    """One statement or part of one, from sql/watch."""
    return (_SQL / f"{name}.sql").read_text(encoding="utf-8")


_RULES = "\nunion all\n".join(
    f"(select rule, subject_id, contact_id, evidence from (\n{read_sql(name)}) r)"  # noqa: S608  our own files
    for name in ("repeats", "back_again", "ring_lead", "feedback_late", "adult_joined")
)
_SWEEP = read_sql("_sweep").format(
    people=read_sql("_people"), homes=read_sql("_homes"), lead=read_sql("_lead"), rules=_RULES
)
_NOTICES = read_sql("_notices").format(people=read_sql("_people"), lead=read_sql("_lead"))
_CLIMB = """
update referrals_hubflag f set climbed_at = %(now)s
  from unnest(%(rules)s, %(climb_cutoffs)s) s (rule, cutoff)
 where f.rule = s.rule and f.cleared_at is null and f.climbed_at is null and f.raised_on <= s.cutoff
   and coalesce(f.snoozed_until, '-infinity') < %(as_of)s
"""
