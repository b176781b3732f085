"""Examples of an agreement: writing them with the draft, and trying those of agreements in force after every change."""

import datetime
from collections.abc import Iterable, Mapping
from typing import Any

from django.db import transaction
from django.db.models import Max

from sharing_agreements import permissions
from sharing_agreements.actions.drafting import touch
from sharing_agreements.models import Agreement, AgreementExample, ExampleAlarm, Post
from sharing_agreements.queries.examples import Tried, standing_failures
from sharing_agreements.refusals import require

JOB = "check_examples"


@transaction.atomic
def add_examples(*, agreement: Agreement, revision: int | None, said: Iterable[Mapping[str, Any]], by: Post) -> bool:
    """Write examples into a draft, numbered after those there are. False when the draft was edited since `revision`."""
    require(permissions.why_not_edit(agreement, by=by))
    if not touch(agreement, revision):
        return False
    last = agreement.examples.aggregate(last=Max("number"))["last"] or 0
    for number, words in enumerate(said, start=last + 1):
        AgreementExample.objects.create(agreement=agreement, number=number, **words)
    return True


@transaction.atomic
def remove_example(*, example: AgreementExample, by: Post) -> None:
    """Take an example out of a draft."""
    require(permissions.why_not_edit(example.agreement, by=by))
    touch(example.agreement, None)
    AgreementExample.objects.filter(pk=example.pk).delete()


def check_standing_examples(*, now: datetime.datetime, today: datetime.date) -> list[Tried]:
    """Try every example of the agreements in force; open an alarm for each that does not hold, end those that do again.

    Gives those that do not hold. Run as the job.
    """
    wrong = standing_failures(today)
    failing = {one.example.pk: one for one in wrong}
    ExampleAlarm.objects.filter(ended_at=None).exclude(example__in=failing).update(ended_at=now)
    known = set(ExampleAlarm.objects.filter(ended_at=None).values_list("example_id", flat=True))
    ExampleAlarm.objects.bulk_create(
        [
            ExampleAlarm(example_id=key, found_at=now, because=one.fails)
            for key, one in failing.items()
            if key not in known
        ],
        ignore_conflicts=True,
    )
    return wrong
