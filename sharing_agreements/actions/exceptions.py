"""Verbs on top of agreements: emergency access, and what the owner of a record decides on it. The gate decides."""

import datetime
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import connection, transaction
from django.db.utils import DatabaseError

from sharing_agreements.actions.owing import owe
from sharing_agreements.models import Agency, EmergencyAccess, Post, Practitioner, SharedRecord
from sharing_agreements.permissions import why_not_govern, why_not_hand_over_records, why_not_open_in_emergency
from sharing_agreements.refusals import Refused, not_now, not_yours, require
from sharing_agreements.vocabulary import EmergencyOutcome, ExceptionVerb, Level

TELL = "tell_of_emergency"


@dataclass(frozen=True)
class Child:
    """A child as one says who they are: full name and date of birth."""

    name: str
    born: datetime.date


@dataclass(frozen=True)
class Share:
    """To whom a record is shared, how much of it, until when and why."""

    agency: Agency
    level: Level
    until: datetime.date
    reason: str
    practitioner: Practitioner | None = None


def gate_verb(verb: str, *arguments: Any) -> Any:
    """Run a verb of the gate and give its answer; its refusals come out as ours."""
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(f"select gate.{verb}({', '.join(['%s'] * len(arguments))})", arguments)
            return cursor.fetchone()[0]
    except DatabaseError as error:
        raise _refused(error) from error


def _refused(error: DatabaseError) -> Exception:
    code = getattr(error.__cause__, "pgcode", "")
    if code == "EH403":
        return Refused(not_yours())
    said = getattr(getattr(error.__cause__, "diag", None), "message_primary", "") if code == "23514" else ""
    return Refused(not_now("not_as_it_stands", f"{said[:1].upper()}{said[1:]}.")) if said else error


@transaction.atomic
def begin_emergency(*, child: Child, reason: str, by: Post) -> UUID | None:
    """Open the child's family to the acting post for some hours and owe the notice to the governance leads.

    None when nobody matches, and when only people match who stay closed: the two cannot be told apart.
    """
    require(why_not_open_in_emergency(by=by))
    opened: UUID | None = gate_verb("begin_emergency", None, child.name, child.born, reason)
    if opened is not None:
        owe(job=TELL, key=f"{TELL}:{opened}", payload={"access": opened})
    return opened


def end_emergency(*, access: EmergencyAccess) -> None:
    """End one's own emergency access before its hours are over."""
    gate_verb("end_emergency", access.pk)


def review_emergency(*, access: EmergencyAccess, outcome: EmergencyOutcome, words: str, by: Post) -> None:
    """A governance lead of an agency concerned says what the review found. Refuses one's own, and a second review."""
    require(why_not_govern(by=by))
    gate_verb("review_emergency", access.pk, outcome, words)


@transaction.atomic
def share_records(records: list[SharedRecord], share: Share) -> None:
    """The owner shares records whatever agreements say. Refuses other agencies' records and the hub-only box."""
    who = share.practitioner.pk if share.practitioner else None
    for row in records:
        gate_verb(
            "share_record",
            row._meta.db_table,
            row.pk,
            share.agency.pk,
            who,
            share.level,
            share.until,
            share.reason,
        )


@transaction.atomic
def withhold_records(records: list[SharedRecord], *, agency: Agency, reason: str) -> None:
    """The owner withholds records from an agency whatever agreements say."""
    for row in records:
        gate_verb("withhold_record", row._meta.db_table, row.pk, agency.pk, reason)


@transaction.atomic
def end_exceptions(records: list[SharedRecord], *, agency: Agency, verb: ExceptionVerb) -> None:
    """The owner ends what was shared with, or withheld from, an agency: agreements alone decide again."""
    for row in records:
        gate_verb("end_exceptions", row._meta.db_table, row.pk, agency.pk, verb)


def hand_over_records(*, family: UUID, agency: Agency, until: datetime.date, reason: str, by: Post) -> int:
    """Show what the acting agency holds about a family to one agency until a day. Refuses when there is nothing."""
    require(why_not_hand_over_records(by=by))
    handed: int = gate_verb("hand_over_records", family, agency.pk, until, reason)
    require(None if handed else not_now("nothing_to_hand_over", "Your agency holds no record of this family."))
    return handed


def take_back_records(*, family: UUID, agency: Agency, by: Post) -> int:
    """End what is shared of a family with an agency before its last day."""
    require(why_not_hand_over_records(by=by))
    taken: int = gate_verb("take_back_records", family, agency.pk)
    return taken
