"""Writing a draft agreement. Row security lets only the drafter's governance lead; the revision tells a stale page."""

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import F, Max

from sharing_agreements import permissions
from sharing_agreements.models import Agreement, AgreementDocument, AgreementExample, Clause, Party, Post
from sharing_agreements.refusals import REFERENCE_TAKEN, Refused, require
from sharing_agreements.vocabulary import AgreementState

WORDS = (
    "reference title overarching parent aim lawful_basis retention incident_contact rights_contact dpia_reference "
    "starts_on ends_on review_on"
).split()
"""What the first page of the editor asks."""
CLAUSE = (
    "provider_agency provider_type provider_district recipient_agency recipient_type recipient_district "
    "recipient_roles kind level needs_involvement needs_consent stages how_far_back"
).split()
"""What a clause says, besides its number."""
EXAMPLE = (
    "must_see recipient_agency recipient_type recipient_group recipient_district role purpose provider_agency "
    "provider_type kind level is_involved agrees stage age"
).split()
"""What an example says, besides its number."""


@transaction.atomic
def open_draft(*, words: Mapping[str, Any], by: Post) -> Agreement:
    """A new draft of the acting agency, which is its first party. Refuses everybody but a governance lead."""
    require(permissions.why_not_govern(by=by))
    require(REFERENCE_TAKEN if Agreement.objects.filter(reference=words["reference"]).exists() else None)
    with reference_is_free():
        made = Agreement.objects.create(purposes=[], drafter=by.agency, **words)
    Party.objects.create(agreement=made, agency=by.agency)
    return made


@contextmanager
def reference_is_free() -> Iterator[None]:
    """Refuse a reference in use, also by a draft of others that nobody here may read."""
    try:
        with transaction.atomic():
            yield
    except IntegrityError as error:
        if "one_version_once_per_reference" not in str(error):
            raise
        raise Refused(REFERENCE_TAKEN) from error


def touch(agreement: Agreement, revision: int | None, **changes: Any) -> bool:
    """Count an edit and lock the draft; False when it was edited since that revision was shown (None: any)."""
    found = Agreement.objects.filter(pk=agreement.pk, state=AgreementState.DRAFT)
    if revision is not None:
        found = found.filter(revision=revision)
    return found.update(revision=F("revision") + 1, **changes) == 1


@transaction.atomic
def write_words(*, agreement: Agreement, revision: int, words: Mapping[str, Any], by: Post) -> bool:
    """Change the words of the first page. False when somebody edited the draft meanwhile."""
    require(permissions.why_not_edit(agreement, by=by))
    with reference_is_free():
        return touch(agreement, revision, **words)


@transaction.atomic
def choose_parties(*, agreement: Agreement, revision: int, parties: Mapping[UUID, str], by: Post) -> bool:
    """Say which agencies are parties and in which capacity; others are taken out. False when stale."""
    require(permissions.why_not_edit(agreement, by=by))
    if not touch(agreement, revision):
        return False
    agreement.parties.exclude(agency__in=parties).delete()
    there = {party.agency_id: party for party in agreement.parties.all()}
    for agency, capacity in parties.items():
        if agency not in there:
            Party.objects.create(agreement=agreement, agency_id=agency, capacity=capacity)
        elif there[agency].capacity != capacity:
            Party.objects.filter(pk=there[agency].pk).update(capacity=capacity)
    return True


@transaction.atomic
def choose_purposes(*, agreement: Agreement, revision: int, purposes: Sequence[str], by: Post) -> bool:
    """Say what the sharing is for; a purpose that stays keeps what it rests on. False when stale."""
    require(permissions.why_not_edit(agreement, by=by))
    kept = {purpose: agreement.powers[purpose] for purpose in purposes if purpose in agreement.powers}
    return touch(agreement, revision, purposes=list(purposes), powers=kept)


@transaction.atomic
def choose_powers(*, agreement: Agreement, revision: int, powers: Mapping[str, Sequence[str]], by: Post) -> bool:
    """Say which law each purpose rests on. Refuses what does not carry it. False when stale."""
    require(permissions.why_not_edit(agreement, by=by))
    require(permissions.why_not_rest_on(agreement, powers))
    kept = {purpose: sorted(codes) for purpose, codes in powers.items() if purpose in agreement.purposes and codes}
    return touch(agreement, revision, powers=kept)


@transaction.atomic
def add_clauses(
    *, agreement: Agreement, revision: int, kinds: Iterable[int], words: Mapping[str, Any], by: Post
) -> bool:
    """One clause for each kind, all else alike, numbered after those there are. False when stale."""
    require(permissions.why_not_edit(agreement, by=by))
    if not touch(agreement, revision):
        return False
    taken = {clause.number for clause in agreement.clauses.all()}
    for kind in kinds:
        number = next(n for n in numbers() if n not in taken)
        taken.add(number)
        Clause.objects.create(agreement=agreement, number=number, **{**words, "kind": kind})
    return True


def numbers() -> Iterable[str]:
    """Numbers of clauses in order: 01.01 would sort better, but people read 1.1 to 1.20, then 2.1."""
    return (f"{1 + at // 20}.{1 + at % 20}" for at in range(10_000))


@transaction.atomic
def change_clause(*, clause: Clause, revision: int, words: Mapping[str, Any], by: Post) -> bool:
    """Say a clause anew; its number stays. False when stale."""
    require(permissions.why_not_edit(clause.agreement, by=by))
    if not touch(clause.agreement, revision):
        return False
    Clause.objects.filter(pk=clause.pk).update(**words)
    return True


@transaction.atomic
def remove_clause(*, clause: Clause, by: Post) -> None:
    """Take a clause out of a draft."""
    require(permissions.why_not_edit(clause.agreement, by=by))
    touch(clause.agreement, None)
    Clause.objects.filter(pk=clause.pk).delete()


@transaction.atomic
def attach_document(*, agreement: Agreement, title: str, filename: str, content: bytes, by: Post) -> bool:
    """Attach a paper; its digest becomes part of what is signed. One of the same title takes its place."""
    require(permissions.why_not_edit(agreement, by=by))
    touch(agreement, None)
    agreement.documents.filter(title=title).delete()
    digest = hashlib.sha256(content).hexdigest()
    AgreementDocument.objects.create(
        agreement=agreement, title=title, filename=filename, content=content, digest=digest
    )
    return True


@transaction.atomic
def remove_document(*, document: AgreementDocument, by: Post) -> None:
    """Take a paper out of a draft."""
    require(permissions.why_not_edit(document.agreement, by=by))
    touch(document.agreement, None)
    AgreementDocument.objects.filter(pk=document.pk).delete()


@transaction.atomic
def copy_as_new_version(*, agreement: Agreement, by: Post) -> Agreement:
    """A draft that replaces this agreement once everybody has signed it: same words, parties, clauses,
    examples and papers.
    """
    require(permissions.why_not_copy(agreement, by=by))
    last = Agreement.objects.filter(reference=agreement.reference).aggregate(last=Max("version"))["last"]
    same = {name: getattr(agreement, name) for name in [*WORDS, "purposes", "powers"]}
    made = Agreement.objects.create(**same, version=last + 1, replaces=agreement, drafter=by.agency)
    for party in agreement.parties.filter(left_on=None):
        Party.objects.create(agreement=made, agency_id=party.agency_id, capacity=party.capacity)
    for clause in agreement.clauses.all():
        said = {name: getattr(clause, name) for name in CLAUSE}
        Clause.objects.create(agreement=made, number=clause.number, **said)
    for example in agreement.examples.all():
        said = {name: getattr(example, name) for name in EXAMPLE}
        AgreementExample.objects.create(agreement=made, number=example.number, **said)
    for paper in agreement.documents.all():
        AgreementDocument.objects.create(
            agreement=made, title=paper.title, filename=paper.filename, content=paper.content, digest=paper.digest
        )
    return made
