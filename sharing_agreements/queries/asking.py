"""Requests for sharing, and what stands in their way: agreements, kinds and roles; no record is looked at."""

from django.db import connection
from django.db.models import QuerySet
from django.utils import timezone

from sharing_agreements.models import Agency, Agreement, AgreementRequest, Post
from sharing_agreements.presenting import standing
from sharing_agreements.rules import Lacking, say_what_is_missing
from sharing_agreements.vocabulary import Kind, Level, Role

SHOWN = 100
_DEPTH = {Level.EXISTENCE: 1, Level.SUMMARY: 2, Level.FULL: 3}


def requests() -> "QuerySet[AgreementRequest]":
    """Requests this principal may read, those that wait first. Row security decides: own ones, those a governance lead
    answers, and those that climbed to a manager."""
    rows = AgreementRequest.objects.select_related("agency", "asked", "asked_by", "answered_by")
    return rows.order_by("-state", "-asked_at")[:SHOWN]


def what_is_missing(*, provider: Agency, kind: Kind, level: Level, by: Post) -> str:
    """Why the agreements in force do not give this post's role that kind of the provider's records; or that they do."""
    with connection.cursor() as cursor:
        cursor.execute(
            "select r.role, w.number, w.title, w.reference, r.needs_involvement or r.needs_consent or r.stages <> 255"
            "  from gate.rules(gate.today(), %s::smallint) r, gate.clause_words(array[r.clause_id]) w"
            " where r.provider_no = %s and r.kind = %s and r.level >= %s order by w.title, w.number",
            [by.agency.no, provider.no, kind, _DEPTH[level]],
        )
        found = cursor.fetchall()
    own = next((row for row in found if row[0] == by.role), None)
    return say_what_is_missing(
        Lacking(
            agency=by.agency.name,
            provider=provider.name,
            role=Role(by.role).label.lower(),
            kind=kind.label.lower(),
            level=level.label.lower(),
            clause=f"clause {own[1]} of {own[2]} ({own[3]})" if own else "",
            has_conditions=bool(own and own[4]),
            other_roles=sorted({Role(row[0]).label.lower() for row in found}),
            binding_both=[one.title for one in _agreements_of(by.agency, provider) if not _stands(one)],
            waiting=[f"{one.title}: {_stands(one)}" for one in _agreements_of(by.agency, provider) if _stands(one)],
        )
    )


def _agreements_of(*agencies: Agency) -> list[Agreement]:
    """Agreements that name all of these as parties that have not left."""
    rows = Agreement.objects.prefetch_related("parties__agency")
    for agency in agencies:
        rows = rows.filter(parties__agency=agency, parties__left_on__isnull=True)
    return list(rows.distinct())


def _stands(agreement: Agreement) -> str:
    return standing(agreement, timezone.localdate())
