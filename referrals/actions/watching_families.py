"""The nightly watch over families nobody helps, of whom agencies together know enough to offer help.

A set-based sweep like that of watching.py, over the chronology and homes instead of contacts; it runs each night and
not with each report, for it reads years. Needs the principal `watch_families` (or maintenance).
"""

import datetime
from typing import Any

from django.db import connection

from cases.vocabulary import CHILD_PARTS
from referrals.actions.watching import Swept, read_sql
from referrals.models import HubThreshold
from referrals.rules.hub_flags import FAMILY_RULES
from referrals.vocabulary import HubRule

JOB = "watch_families"
_LOCK = 7205003


def sweep(*, as_of: datetime.date, now: datetime.datetime) -> list[Swept]:
    """Bring the flags about families to what is true on `as_of` (a day in London). Answers what changed, by rule."""
    values: dict[str, Any] = {"as_of": as_of, "now": now, "children": sorted(CHILD_PARTS)}
    for threshold in HubThreshold.objects.filter(rule__in=FAMILY_RULES):
        values[f"{threshold.rule}_from"] = as_of - datetime.timedelta(days=threshold.days)
        values[f"{threshold.rule}_times"] = threshold.times
    with connection.cursor() as cursor:
        cursor.execute("select pg_advisory_xact_lock(%s)", [_LOCK])
        cursor.execute(_SWEEP, {**values, "oldest": now})
        return [Swept(HubRule(rule), raised, cleared) for rule, raised, cleared in cursor.fetchall()]


_SWEEP = read_sql("_families").format(people=read_sql("_people"))
