"""The numbers of the watch's rules: have other numbers tried, and set them."""

import datetime
from uuid import UUID

from django.db import transaction

from cases import permissions, refusals
from cases.actions.recording import day_of
from cases.actions.watching import JOB
from cases.models import Threshold, ThresholdTrial
from cases.vocabulary import FlagRule
from sharing_agreements.actions.owing import owe
from sharing_agreements.models import Post
from sharing_agreements.refusals import require

Numbers = tuple[bool, int, int]
"""On or off, working days, working days until it climbs."""


@transaction.atomic
def try_threshold(
    *, rule: FlagRule, is_on: bool, days: int, climbs_after: int, by: Post, now: datetime.datetime
) -> UUID:
    """Have the watch count what these numbers would flag; gives the trial. Nothing changes by it."""
    require(permissions.why_not_set_threshold(by=by))
    trial = ThresholdTrial(
        practitioner_id=by.practitioner_id,
        rule=rule,
        is_on=is_on,
        days=days,
        climbs_after=climbs_after,
        asked_at=now,
    )
    trial.save()
    owe(job=JOB, key=f"{JOB}:trial:{trial.pk}", payload={"trial": trial.pk, "as_of": day_of(now)})
    return trial.pk


@transaction.atomic
def set_threshold(*, rule: FlagRule, seen: Numbers, is_on: bool, days: int, climbs_after: int, by: Post) -> None:
    """Set the numbers of one rule. `seen` is what the page showed: refused when somebody set others meanwhile.

    The watch uses them from its next night.
    """
    require(permissions.why_not_set_threshold(by=by))
    was = dict(zip(("is_on", "days", "climbs_after"), seen, strict=True))
    changed = Threshold.objects.filter(pk=rule, **was).update(is_on=is_on, days=days, climbs_after=climbs_after)
    require(None if changed else refusals.NUMBERS_CHANGED)
