"""The verbs that change what sharing rules look at. Each runs a gate function: check, change and fan-out are one.

All need an open transaction with a principal (a practitioner whose role may change facts, somebody already
working with every person named, or a job). Otherwise they raise Refused with the code `may_not_change_facts`.
Dates are days in Europe/London, both ends included.
"""

import datetime
from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.db import connection, transaction
from django.db.utils import DatabaseError

from sharing_agreements.refusals import MAY_NOT_CHANGE_FACTS, Refused
from sharing_agreements.vocabulary import InvolvementReason, Stage


def _gate(statement: str, arguments: list[Any]) -> None:
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement, arguments)
    except DatabaseError as error:
        if getattr(error.__cause__, "pgcode", "") == "EH403":
            raise Refused(MAY_NOT_CHANGE_FACTS) from error
        raise


def _ids(people: Iterable[UUID]) -> list[UUID]:
    return sorted(set(people))


def involve(
    *,
    people: Iterable[UUID],
    agency: UUID,
    practitioner: UUID | None,
    reason: InvolvementReason,
    starts_on: datetime.date,
    ends_on: datetime.date | None = None,
) -> None:
    """Record that an agency (and a named practitioner of it, if given) works with these people."""
    _gate(
        "select gate.involve(%s::uuid[], %s, %s, %s, %s, %s)",
        [_ids(people), agency, practitioner, reason, starts_on, ends_on],
    )


def end_involvement(
    *,
    people: Iterable[UUID],
    agency: UUID,
    practitioner: UUID | None,
    reason: InvolvementReason,
    last_day: datetime.date,
) -> None:
    """End matching involvement after `last_day`; yesterday closes access in this transaction."""
    _gate(
        "select gate.end_involvement(%s::uuid[], %s, %s, %s, %s)",
        [_ids(people), agency, practitioner, reason, last_day],
    )


def leave_rolls(*, person: UUID, staying: UUID | None, last_day: datetime.date) -> None:
    """End the roll of every school but `staying` after `last_day`, read or not, and its part in this child's team."""
    _gate("select gate.leave_rolls(%s, %s, %s)", [person, staying, last_day])


def set_stage(*, people: Iterable[UUID], stage: Stage) -> None:
    """Record the stage these people's case has reached, as far as sharing rules need it."""
    _gate("select gate.set_stage(%s::uuid[], %s)", [_ids(people), int(stage)])


def record_sharing_consent(*, people: Iterable[UUID], until: datetime.date | None) -> None:
    """Record agreement to sharing up to `until`, or (None) that there is none or it was withdrawn."""
    _gate("select gate.record_sharing_consent(%s::uuid[], %s)", [_ids(people), until])


def restrict(*, person: UUID, why: str) -> None:
    """Close a person's records to all but the named people on the allow-list."""
    _gate("select gate.restrict_person(%s, %s)", [person, why])


def hide_address(*, person: UUID) -> None:
    """Close where a person can be found to all but the named people on the allow-list."""
    _gate("select gate.hide_address(%s)", [person])


def lift(*, person: UUID, hidden_address: bool = False) -> None:
    """Lift a restriction, or with `hidden_address` the hiding of the address."""
    _gate("select gate.lift(%s, %s)", [person, "hidden_address" if hidden_address else "restricted"])


def link_person(*, duplicate: UUID, kept: UUID, why: str = "") -> None:
    """Say that two anchors are one person. Only the link changes, and it is kept who said so; see `unlink_person`."""
    _gate("select gate.link_person(%s, %s, %s)", [duplicate, kept, why])


def unlink_person(*, duplicate: UUID, why: str = "") -> None:
    """Say that an anchor was not the same person after all: its newest link is taken back, and stays on record."""
    _gate("select gate.unlink_person(%s, %s)", [duplicate, why])
