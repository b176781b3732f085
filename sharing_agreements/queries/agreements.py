"""Reads of the register and of one agreement. Whether it is in force is the gate's answer, put into words."""

import datetime
from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from django.db import connection

from sharing_agreements.models import Agency, Agreement, Post
from sharing_agreements.queries import law, superseded
from sharing_agreements.rules.law import Named, Power, faults, unmet
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


def register(*, for_post: Post) -> Register:
    """Agreements that wait for this agency's signature, its drafts, and all others. Two queries and their parties."""
    listed = list(Agreement.objects.prefetch_related("parties__agency"))
    leads = for_post.role == Role.GOVERNANCE_LEAD
    waiting = [a for a in listed if leads and a.state == AgreementState.PROPOSED and unsigned(a, for_post.agency_id)]
    drafts = [a for a in listed if a.state == AgreementState.DRAFT]
    others = [a for a in listed if a not in waiting and a not in drafts]
    return Register(waiting, drafts, others, superseded())


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
    purposes = agreement.purposes if powers is None else [p for p, codes in powers.items() if codes]
    named = [Named(agency.name, agency.type) for agency in parties_of(agreement)]
    on = [power.code for power in law.powers_on(agreement.starts_on)]
    return faults(chosen, purposes, named, law.powers(), on)


def advice(agreement: Agreement) -> list[str]:
    """Conditions and papers its kinds still ask for."""
    kinds = [clause.kind for clause in agreement.clauses.all()]
    titles = agreement.documents.values_list("title", flat=True)
    return unmet(kinds, resting(agreement), titles)
