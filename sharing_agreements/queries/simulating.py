"""Reads of simulations: row security shows them to the governance leads of the agreement's parties."""

from django.db import connection

from sharing_agreements.models import Agreement, SimulationLine, SimulationRun

_SHOWN = 10


def simulations_of(agreement: Agreement) -> list[SimulationRun]:
    """The last few runs of an agreement, newest first."""
    return list(SimulationRun.objects.filter(agreement=agreement).select_related("agency", "asked_by")[:_SHOWN])


def lines_of(run: SimulationRun) -> list[SimulationLine]:
    """What a finished run says, agency by agency."""
    order = ("agency__name", "-gained", "role", "purpose", "kind", "level")
    return list(SimulationLine.objects.filter(run=run).select_related("agency").order_by(*order))


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
