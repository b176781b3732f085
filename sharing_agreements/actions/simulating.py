"""Counting what a change of an agreement would do, before anybody makes it. The gate decides and counts (sql/0024)."""

from datetime import date
from uuid import UUID

from django.db import connection, transaction

from sharing_agreements import permissions
from sharing_agreements.actions import agreeing
from sharing_agreements.actions.owing import owe
from sharing_agreements.models import Agency, Agreement, Post, Practitioner
from sharing_agreements.refusals import require
from sharing_agreements.vocabulary import SupposedChange

JOB = "simulate_agreement"


@transaction.atomic
def simulate(
    *,
    agreement: Agreement,
    supposed: SupposedChange,
    agency: Agency | None = None,
    starts_on: date | None = None,
    ends_on: date | None = None,
    practitioner: Practitioner | None = None,
    by: Post,
) -> UUID:
    """Begin to count in the background; gives the run's id. Refuses what cannot happen to the agreement as it is.

    `agency` is who joins or leaves; the dates are the first and last day supposed; `practitioner` is one of the acting
    agency for whom alone it is counted.
    """
    require(permissions.why_not_govern(by=by))
    change = (supposed, agency and agency.pk, starts_on, ends_on, practitioner and practitioner.pk)
    run = UUID(str(agreeing.ask_gate("start_simulation", agreement, *change)))
    _owe(run, 0)
    return run


def count_next(run: UUID) -> None:
    """Count the next part and owe the one after it, each in a transaction of its own. For the worker."""
    with connection.cursor() as cursor:
        cursor.execute("select gate.simulate_next(%s)", [run])
        left: int = cursor.fetchone()[0]
    if left:
        _owe(run, left)


def _owe(run: UUID, left: int) -> None:
    owe(job=JOB, key=f"{JOB}:{run}:{left}", payload={"run": run})
