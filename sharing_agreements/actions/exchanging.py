"""An agreement from another installation, as a draft here."""

from collections.abc import Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models, transaction

from sharing_agreements import permissions
from sharing_agreements.actions.drafting import WORDS, reference_is_free
from sharing_agreements.models import Agency, Agreement, AgreementExample, Clause, Party, Post
from sharing_agreements.refusals import REFERENCE_TAKEN, Refused, not_now, require


@transaction.atomic
def import_draft(*, words: Mapping[str, Any], reference: str, by: Post) -> Agreement:
    """A draft of the acting agency with these words (rules.odrl.read). Papers are named but not in the file.

    Refuses agencies that are not known here by the same number and name, values that are in no list here, and a
    reference in use.
    """
    require(permissions.why_not_govern(by=by))
    name = reference or words["reference"]
    require(REFERENCE_TAKEN if Agreement.objects.filter(reference=name).exists() else None)
    agencies = _agencies(words)
    said = {one: words[one] for one in WORDS if one not in {"reference", "parent"}}
    parent = Agreement.objects.filter(reference=words["parent"], overarching=True).first() if words["parent"] else None
    made = Agreement(
        **said, reference=name, parent=parent, purposes=words["purposes"], powers=words["powers"], drafter=by.agency
    )
    _judge(made, "agreement")
    with reference_is_free():
        made.save(force_insert=True)
    for party in words["parties"]:
        _keep(Party(agreement=made, agency=agencies[party["no"]], capacity=party["capacity"]), "party")
    for clause in words["clauses"]:
        _keep(_clause(made, clause, agencies), f"clause {clause['number']}")
    for example in words["examples"]:
        _keep(_example(made, example, agencies), f"example {example['number']}")
    return made


def _agencies(words: Mapping[str, Any]) -> dict[int, Agency]:
    """Every agency the words name, by number; refuses one that is not here under that number and name."""
    sides = [side for clause in words["clauses"] for side in (clause["provider"], clause["recipient"])]
    sides += [example["provider"] for example in words["examples"]]
    named = {one["recipient"]: one["recipient_name"] for one in words["examples"] if isinstance(one["recipient"], int)}
    named |= {party["no"]: party["name"] for party in words["parties"]}
    known = {agency.no: agency for agency in Agency.objects.filter(no__in=[n for n in named if 0 < n < 32768])}
    strangers = [name for no, name in named.items() if no not in known or known[no].name != name]
    strangers += [f"agency number {side}" for side in sides if isinstance(side, int) and side not in named]
    if strangers:
        raise Refused(not_now("unknown_agency", f"Not known here as a party: {', '.join(dict.fromkeys(strangers))}."))
    return known


_DISTRICTS = ("provider_district", "recipient_district")


def _clause(agreement: Agreement, said: Mapping[str, Any], agencies: Mapping[int, Agency]) -> Clause:
    same = [*"number kind level needs_involvement needs_consent stages how_far_back".split(), *_DISTRICTS]
    columns = {name: said[name] for name in same} | {"recipient_roles": said["roles"]}
    return Clause(agreement=agreement, **columns, **_sides(said, agencies))


def _example(agreement: Agreement, said: Mapping[str, Any], agencies: Mapping[int, Agency]) -> AgreementExample:
    same = "number must_see role purpose kind level is_involved agrees stage age".split()
    columns = {name: said[name] for name in same}
    columns |= {"recipient_group": said["group"], "recipient_district": said["district"]}
    return AgreementExample(agreement=agreement, **columns, **_sides(said, agencies))


def _sides(said: Mapping[str, Any], agencies: Mapping[int, Agency]) -> dict[str, Any]:
    columns: dict[str, Any] = {}
    for side in ("provider", "recipient"):
        named: int | str = said[side]
        columns[f"{side}_agency"] = agencies[named] if isinstance(named, int) else None
        columns[f"{side}_type"] = "" if isinstance(named, int) else named
    return columns


def _keep(row: models.Model, what: str) -> None:
    _judge(row, what)
    row.save(force_insert=True)


_LEFT = {"agreement", "agency", "drafter", "parent", "replaces", "powers"}
"""Columns that are our own, or judged when the draft is proposed."""


def _judge(row: models.Model, what: str) -> None:
    """Refuse values that no list here has, and what the database's own checks would refuse."""
    try:
        row.clean_fields(exclude=_LEFT | {name for name in ("stages", "purposes") if not getattr(row, name, True)})
        row.validate_constraints()
    except ValidationError as error:
        raise Refused(not_now("unreadable_words", f"In the {what}: {' '.join(error.messages)}")) from error
