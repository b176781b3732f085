"""Whether the examples of an agreement hold: the gate's answer (sql/0015), with what it names loaded."""

import datetime
import json
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import connection

from sharing_agreements.models import Agency, Agreement, AgreementExample, Clause, ExampleAlarm, Post
from sharing_agreements.presenting import standing
from sharing_agreements.presenting.examples import example_sentence, why_it_fails
from sharing_agreements.queries import superseded
from sharing_agreements.rules.examples import suggestions
from sharing_agreements.vocabulary import AgreementState, Role

_CHECK = "select example_id, holds, recipient_no, clause_id from gate.check_examples(%s, %s::jsonb)"
_CHECK_STANDING = "select example_id, holds, recipient_no, clause_id from gate.check_standing_examples(%s::uuid[])"


@dataclass(frozen=True)
class Tried:
    """One example, in words, and why it does not hold; empty when it does."""

    example: AgreementExample
    words: str
    fails: str


def examples_of(agreement: Agreement) -> list[Tried]:
    """Every example tried: as things stand where the agreement stands, else as if every party had signed today.

    None of an agreement that has ended or was replaced.
    """
    found = agreement.examples.select_related("recipient_agency", "provider_agency")
    return _told(list(found), _ask(_CHECK, agreement.pk, None))


def examples_and_alarms(agreement: Agreement) -> list[Tried]:
    """The examples with what the job last said of each, without trying them again."""
    found = agreement.examples.select_related("recipient_agency", "provider_agency")
    said = dict(ExampleAlarm.objects.filter(example__in=found, ended_at=None).values_list("example_id", "because"))
    return [Tried(one, example_sentence(one), said.get(one.pk, "")) for one in found]


def examples_to_show(agreement: Agreement) -> list[Tried]:
    """For the agreement's page: tried now before it is signed, from then on as the job last found them."""
    waits = agreement.state in {AgreementState.DRAFT, AgreementState.PROPOSED}
    return examples_of(agreement) if waits else examples_and_alarms(agreement)


def suggested(agreement: Agreement) -> list[Tried]:
    """Examples the clauses of a draft suggest, that hold and are not written down yet."""
    if not agreement.purposes:
        return []
    clauses = [columns(clause) for clause in agreement.clauses.all()]
    written = [columns(one) for one in agreement.examples.all()]
    new = [said for said in suggestions(clauses, agreement.purposes) if said not in written]
    made = [AgreementExample(agreement=agreement, number=at, **said) for at, said in enumerate(new, start=1)]
    _load_agencies(made)
    rows = [{**said, "id": str(one.pk), "agreement_id": str(agreement.pk)} for said, one in zip(new, made, strict=True)]
    answers = _ask(_CHECK, agreement.pk, json.dumps(rows, default=str))
    return [one for one in _told(made, answers) if not one.fails]


_Answers = dict[UUID, tuple[bool, int | None, UUID | None]]


def _ask(question: str, *about: Any) -> _Answers:
    with connection.cursor() as cursor:
        cursor.execute(question, about)
        return {example: (holds, recipient, clause) for example, holds, recipient, clause in cursor.fetchall()}


def _told(examples: Iterable[AgreementExample], answers: _Answers) -> list[Tried]:
    agencies = Agency.objects.in_bulk([no for _, no, _ in answers.values() if no], field_name="no")
    clauses = Clause.objects.select_related("agreement").in_bulk([one for _, _, one in answers.values() if one])

    def fails(example: AgreementExample) -> str:
        holds, recipient, clause = answers.get(example.pk, (True, None, None))
        return "" if holds else why_it_fails(example, agencies.get(recipient), clauses.get(clause))

    return [Tried(one, example_sentence(one), fails(one)) for one in examples]


_KEPT_BY_ITSELF = {"id", "agreement", "number"}


def columns(row: AgreementExample | Clause) -> dict[str, Any]:
    """What a row says, by the names of its columns."""
    return {
        field.attname: getattr(row, field.attname) for field in row._meta.fields if field.name not in _KEPT_BY_ITSELF
    }


def _load_agencies(made: list[AgreementExample]) -> None:
    wanted = {key for one in made for key in (one.recipient_agency_id, one.provider_agency_id) if key}
    known = Agency.objects.in_bulk(wanted)
    for one in made:
        one.recipient_agency = known.get(one.recipient_agency_id)
        one.provider_agency = known.get(one.provider_agency_id)


def failing(agreement: Agreement) -> Tried | None:
    """The first example that does not hold; None when all do."""
    return next((one for one in examples_of(agreement) if one.fails), None)


def standing_failures(today: datetime.date) -> list[Tried]:
    """Every example of an agreement in force that does not hold. For the job, or in maintenance."""
    replaced = superseded()
    signed = Agreement.objects.filter(state=AgreementState.SIGNED, examples__isnull=False).distinct()
    stands = [a for a in signed.prefetch_related("parties__agency") if not standing(a, today, replaced.get(a.pk))]
    answers = _ask(_CHECK_STANDING, [a.pk for a in stands])
    wrong = [example for example, (holds, _, _) in answers.items() if not holds]
    found = AgreementExample.objects.filter(pk__in=wrong).select_related(
        "agreement", "recipient_agency", "provider_agency"
    )
    return _told(found.order_by("agreement__reference", "number"), answers)


def alarms_for(post: Post) -> list[ExampleAlarm]:
    """Open alarms of the agreements this governance lead's agency stands under; nobody else has any."""
    if post.role != Role.GOVERNANCE_LEAD:
        return []
    own = {"example__agreement__parties__agency": post.agency_id, "example__agreement__parties__left_on": None}
    found = ExampleAlarm.objects.filter(ended_at=None, **own)
    return list(
        found.select_related("example__agreement", "example__recipient_agency", "example__provider_agency").order_by(
            "found_at"
        )
    )
