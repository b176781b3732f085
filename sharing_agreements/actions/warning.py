"""The daily look at the dates of agreements."""

import datetime

from django.db import connection

from sharing_agreements.models import Agreement, AgreementWarning
from sharing_agreements.queries import superseded
from sharing_agreements.queries.agreements import due_of

JOB = "warn_of_agreements"


def warn_of_agreements(*, today: datetime.date) -> int:
    """Keep a warning for every threshold that has been reached, once; gives how many are new. Run as its job.

    Also says on the register which versions a newer one has replaced by date; sharing did not wait for it.
    """
    replaced = superseded()
    reached = [
        AgreementWarning(agreement=agreement, sort=one.sort, due_on=one.due_on, days=one.days)
        for agreement in Agreement.objects.prefetch_related("parties")
        if not (agreement.pk in replaced and replaced[agreement.pk] <= today)
        for one in due_of(agreement, today)
    ]
    known = set(AgreementWarning.objects.values_list("agreement_id", "sort", "due_on", "days"))
    new = [one for one in reached if (one.agreement_id, one.sort, one.due_on, one.days) not in known]
    AgreementWarning.objects.bulk_create(new, ignore_conflicts=True)
    with connection.cursor() as cursor:
        cursor.execute("select gate.settle_all_replaced()")
    return len(new)
