"""Reads of simulations: row security shows them to the governance leads of the agreement's parties."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db import connection

from sharing_agreements.models import Agreement, SimulationLine, SimulationRun

_SHOWN = 10
_EXAMPLES = 5


def simulations_of(agreement: Agreement) -> list[SimulationRun]:
    """The last few runs of an agreement, newest first."""
    related = ("agency", "asked_by", "practitioner")
    return list(SimulationRun.objects.filter(agreement=agreement).select_related(*related)[:_SHOWN])


def lines_of(run: SimulationRun) -> list[SimulationLine]:
    """What a finished run says, agency by agency."""
    order = ("agency__name", "-gained", "role", "purpose", "kind", "level")
    return list(SimulationLine.objects.filter(run=run).select_related("agency").order_by(*order))


@dataclass(frozen=True)
class Example:
    """A family with a record of the acting agency that a line counts, and the month of the newest such record."""

    family: UUID
    month: date


def examples_of(line: SimulationLine) -> list[Example]:
    """Some families behind a line of a finished run: of records of the acting governance lead's agency alone."""
    with connection.cursor() as cursor:
        cursor.execute("select family_id, month from gate.examples_of(%s, %s)", [line.pk, _EXAMPLES])
        return [Example(*row) for row in cursor.fetchall()]


def is_current(run: SimulationRun) -> bool:
    """Whether the agreements and the day are still those the run was counted with."""
    with connection.cursor() as cursor:
        cursor.execute("select gate.rules_are_as_in(%s)", [run.pk])
        return bool(cursor.fetchone()[0])


def may_simulate(agreement: Agreement) -> bool:
    """Whether the acting agency is the agreement's drafter or a party: a draft is for its drafter alone."""
    with connection.cursor() as cursor:
        cursor.execute("select gate.may_simulate(%s)", [agreement.pk])
        return bool(cursor.fetchone()[0])
