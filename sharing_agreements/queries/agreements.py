"""Reads of the register and of one agreement. Whether it is in force is the gate's answer, put into words."""

import datetime
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import connection

from sharing_agreements.models import Agency, Agreement, AgreementExample, AgreementWarning, Clause, Post
from sharing_agreements.queries import law, superseded
from sharing_agreements.rules import why_not_from_sensitive
from sharing_agreements.rules.law import Named, Power, faults, unmet
from sharing_agreements.rules.warnings import Due, due
from sharing_agreements.vocabulary import AgreementState, Role


def digest_of(agreement: Agreement) -> str:
    """SHA-256 of the words as they stand now (gate.agreement_words)."""
    with connection.cursor() as cursor:
        cursor.execute("select gate.agreement_digest(%s)", [agreement.pk])
        return str(cursor.fetchone()[0])


def may_resume(agreement: Agreement) -> bool:
    """Whether the acting agency may set this suspended agreement going again."""
    with connection.cursor() as cursor:
        cursor.execute("select gate.may_resume(%s)", [agreement.pk])
        return bool(cursor.fetchone()[0])


@dataclass(frozen=True)
class Register:
    """The register as one governance lead sees it, each agreement in one list."""

    waiting: list[Agreement]
    drafts: list[Agreement]
    others: list[Agreement]
    replaced: Mapping[UUID, datetime.date]
    warnings: list[tuple[Agreement, Due]]


def register(*, for_post: Post, today: datetime.date) -> Register:
    """Agreements that wait for this agency's signature, its drafts, all others, and what its lead is warned of."""
    listed = list(Agreement.objects.prefetch_related("parties__agency"))
    leads = for_post.role == Role.GOVERNANCE_LEAD
    waiting = [a for a in listed if leads and a.state == AgreementState.PROPOSED and unsigned(a, for_post.agency_id)]
    drafts = [a for a in listed if a.state == AgreementState.DRAFT]
    others = [a for a in listed if a not in waiting and a not in drafts]
    warned = warnings_for(for_post, listed=listed, today=today) if leads else []
    return Register(waiting, drafts, others, superseded(), warned)


def due_of(agreement: Agreement, today: datetime.date) -> list[Due]:
    """What an agreement warns of on a day. Load its parties first."""
    waiting = [p for p in agreement.parties.all() if p.signed_at is None and p.left_on is None]
    return due(
        state=agreement.state,
        starts_on=agreement.starts_on,
        ends_on=agreement.ends_on,
        review_on=agreement.review_on,
        unsigned=waiting,
        today=today,
    )


def warnings_for(post: Post, *, listed: list[Agreement], today: datetime.date) -> list[tuple[Agreement, Due]]:
    """Warnings the daily job has written that still hold, of agreements this agency drafted or stands under."""
    own = {a.pk: a for a in listed if a.drafter_id == post.agency_id or _stands_under(a, post.agency_id)}
    warned = set(AgreementWarning.objects.filter(agreement__in=own).values_list("agreement_id", "sort", "due_on"))
    replaced = superseded()
    return [
        (agreement, one)
        for agreement in own.values()
        if not (agreement.pk in replaced and replaced[agreement.pk] <= today)
        for one in due_of(agreement, today)
        if (agreement.pk, one.sort, one.due_on) in warned
    ]


def _stands_under(agreement: Agreement, agency: UUID) -> bool:
    return any(p.agency_id == agency and p.left_on is None for p in agreement.parties.all())


def unsigned(agreement: Agreement, agency: UUID) -> bool:
    """Whether this agency is asked to sign and has not. Load the parties first."""
    return any(p.agency_id == agency and p.signed_at is None and p.left_on is None for p in agreement.parties.all())


def parties_of(agreement: Agreement) -> list[Agency]:
    """Agencies that are party, by name. Load the parties first."""
    return [party.agency for party in agreement.parties.all()]


def resting(agreement: Agreement) -> list[Power]:
    """The powers its purposes rest on, each once."""
    known = law.powers()
    codes = dict.fromkeys(code for purpose in agreement.purposes for code in agreement.powers.get(purpose, []))
    return [known[code] for code in codes if code in known]


def legal_faults(agreement: Agreement, powers: Mapping[str, list[str]] | None = None) -> list[str]:
    """Why its purposes cannot rest on their powers on its first day; `powers` judges a choice before it is kept."""
    chosen = agreement.powers if powers is None else powers
    named = [Named(agency.name, agency.type) for agency in parties_of(agreement)]
    on = [power.code for power in law.powers_on(agreement.starts_on)]
    return faults(chosen, agreement.purposes, named, law.powers(), on)


def sensitive_faults(agreement: Agreement) -> list[str]:
    """Clauses that would open a sensitive service's records without what that takes. Load clauses and parties first."""
    parties = parties_of(agreement)
    wrong = []
    for clause in agreement.clauses.all():
        for agency in parties:
            is_it = agency.pk == clause.provider_agency_id or agency.type == clause.provider_type
            if agency.sensitive and is_it:
                said = why_not_from_sensitive(agency.name, needs_consent=clause.needs_consent, stages=clause.stages)
                wrong += [f"Clause {clause.number}: {said}"] if said else []
    return wrong


def advice(agreement: Agreement) -> list[str]:
    """Conditions and papers its kinds still ask for."""
    kinds = [clause.kind for clause in agreement.clauses.all()]
    titles = agreement.documents.values_list("title", flat=True)
    return unmet(kinds, resting(agreement), titles)


def words_of(agreement: Agreement) -> dict[str, Any]:
    """The agreement as plain values, for rules.odrl. Load its parties, clauses and examples with agencies first."""
    names = "reference version title overarching aim lawful_basis retention incident_contact rights_contact".split()
    said = {name: getattr(agreement, name) for name in [*names, "dpia_reference", "purposes", "powers"]}
    dates = {name: getattr(agreement, name).isoformat() for name in ("starts_on", "ends_on", "review_on")}
    return {
        **said,
        **dates,
        "uid": f"urn:uuid:{agreement.pk}",
        "signed": agreement.state not in {AgreementState.DRAFT, AgreementState.PROPOSED},
        "parent": agreement.parent.reference if agreement.parent else "",
        "parties": [
            {"no": p.agency.no, "name": p.agency.name, "capacity": p.capacity} for p in agreement.parties.all()
        ],
        "documents": list(agreement.documents.values("title", "digest")),
        "clauses": [_clause_words(clause) for clause in agreement.clauses.all()],
        "examples": [_example_words(example) for example in agreement.examples.all()],
    }


def _example_words(example: AgreementExample) -> dict[str, Any]:
    same = "number must_see role purpose kind level is_involved agrees stage age".split()
    named = example.recipient_agency
    return {
        **{name: getattr(example, name) for name in same},
        "recipient": named.no if named else example.recipient_type,
        "recipient_name": named.name if named else "",
        "group": example.recipient_group,
        "district": example.recipient_district,
        "provider": example.provider_agency.no if example.provider_agency else example.provider_type,
    }


def _clause_words(clause: Clause) -> dict[str, Any]:
    same = "number kind level needs_involvement needs_consent stages how_far_back".split()
    return {
        **{name: getattr(clause, name) for name in same},
        "provider": clause.provider_agency.no if clause.provider_agency else clause.provider_type,
        "provider_district": clause.provider_district,
        "recipient": clause.recipient_agency.no if clause.recipient_agency else clause.recipient_type,
        "recipient_district": clause.recipient_district,
        "roles": clause.recipient_roles,
    }
