"""What changes cost: of one family's involvement, of its agreement to sharing, of one agreement. After each change its
effect is looked for with another viewer's eyes in the same transaction, which is then taken back: the data is kept.

Whoever changes a family has its page before them, so its chronology is read first.
"""

import datetime
import statistics
import sys
import time
from collections.abc import Callable
from typing import Any

from django.db import connection, transaction
from django.db.models import Q

from bench import district
from bench.visibility_data import Viewer, viewer_of, viewers
from bench.visibility_models import TwinEvent
from cases.models import Event
from sharing_agreements.models import Agency, Agreement
from sharing_agreements.row_security import identify


def changes(rounds: int) -> dict[str, float]:
    """Medians in milliseconds."""
    council = viewer_of("council", "", district.COUNCIL, "manager", "early_help")
    lead = viewer_of("lead", "", district.COUNCIL + 3 * district.AGENCIES, "governance_lead", "governance")
    school = next(viewer for viewer in viewers() if viewer.name == "small")
    figures = {
        "involvement_ms": _median(rounds, lambda turn: _somebody_becomes_involved(council, school, turn)),
        "consent_ms": _median(rounds, lambda turn: _agreement_to_sharing_is_withdrawn(council, school, turn)),
        "recompile_agreement_ms": _median(min(rounds, 11), lambda turn: _an_agreement_changes(lead)),
    }
    print("\nchanges")
    for name, ms in figures.items():
        print(f"  {name:<24} {ms:.2f} ms")
    return {name: round(ms, 2) for name, ms in figures.items()}


def _median(rounds: int, change: Callable[[int], float]) -> float:
    taken = []
    for turn in range(rounds + 2):
        with transaction.atomic():
            taken.append(change(turn))
            transaction.set_rollback(True)
    return statistics.median(taken[2:])


def _timed(statement: str, arguments: list[Any]) -> float:
    """Milliseconds."""
    with connection.cursor() as cursor:
        begun = time.perf_counter()
        cursor.execute(statement, arguments)
        cursor.fetchall()
        return (time.perf_counter() - begun) * 1000


def _seen(viewer: Viewer, family: Any, kind: int) -> int:
    identify(viewer.principal)
    return Event.objects.visible().filter(family_id=family, kind=kind).count()


def _read_chronology(viewer: Viewer, family: Any) -> None:
    identify(viewer.principal)
    list(Event.objects.visible().filter(family_id=family).select_related("detail"))


def _expect(changed: bool, what: str) -> None:
    if not changed:
        sys.exit(f"A change was not visible at once: {what}.")


def _a_family(turn: int, having: Q) -> tuple[Any, list[Any]]:
    """The family of one of the newest records that have these facts, each time another; and its people."""
    family = TwinEvent.objects.filter(having).order_by("-recorded_at").values_list("family_id", flat=True)[turn * 7]
    return family, list(TwinEvent.objects.filter(family_id=family).values_list("person_id", flat=True).distinct())


def _somebody_becomes_involved(council: Viewer, school: Viewer, turn: int) -> float:
    family, people = _a_family(turn, Q(kind=18) & ~Q(involved__contains=[district.SCHOOL]))
    before = _seen(school, family, 18)
    _read_chronology(council, family)
    agency = Agency.objects.get(no=district.SCHOOL)
    day = datetime.date(2020, 1, 1)
    spent = _timed("select gate.involve(%s::uuid[], %s, null, 'on_roll', %s, null)", [people, agency.pk, day])
    _expect(_seen(school, family, 18) > before, "involvement")
    return spent


def _agreement_to_sharing_is_withdrawn(council: Viewer, school: Viewer, turn: int) -> float:
    agreed = Q(kind=8, involved__contains=[district.SCHOOL], consent_until__isnull=False)
    family, people = _a_family(turn, agreed)
    before = _seen(school, family, 8)
    _read_chronology(council, family)
    spent = _timed("select gate.record_sharing_consent(%s::uuid[], null)", [people])
    _expect(_seen(school, family, 8) < before, "agreement to sharing")
    return spent


def _an_agreement_changes(lead: Viewer) -> float:
    """Suspend a local agreement, then compile the masks of everybody it gives anything."""
    agreement = Agreement.objects.get(reference=f"A{district.LOCAL + 40}")
    recipients = _recipients(agreement)
    identify(lead.principal)
    spent = _timed("select gate.suspend_agreement(%s, 'a measurement')", [agreement.pk])
    compiled = "select gate.begin(a, r, p) from unnest(%s::smallint[], %s::text[], %s::text[]) x (a, r, p)"
    return spent + _timed(compiled, [list(column) for column in zip(*recipients, strict=True)])


def _recipients(agreement: Agreement) -> list[tuple[int, str, str]]:
    """Every (agency, role, purpose) that one of its clauses gives something."""
    clauses = list(agreement.clauses.all())
    return sorted(
        {
            (party.agency.no, role, purpose)
            for party in agreement.parties.select_related("agency")
            for clause in clauses
            if party.agency_id == clause.recipient_agency_id or party.agency.type == clause.recipient_type
            for role in clause.recipient_roles
            for purpose in agreement.purposes
        }
    )
