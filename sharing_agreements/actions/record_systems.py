"""Adding a record system, giving it keys, taking them back, ending it. The gate checks again who may."""

import datetime
import secrets
from typing import Any
from uuid import UUID, uuid4

from django.db import connection, transaction

from sharing_agreements import permissions
from sharing_agreements.models import Post, RecordSystem, SystemKey
from sharing_agreements.refusals import SYSTEM_NAME_TAKEN, TWO_KEYS_LIVE, Refused, not_yours, require
from sharing_agreements.rules import system_keys


def _asks_gate(call: str, *given: Any) -> bool:
    with connection.cursor() as cursor:
        cursor.execute(f"select gate.{call}", given)
        done: bool = cursor.fetchone()[0]
    return done


@transaction.atomic
def add_record_system(*, name: str, by: Post) -> UUID:
    """Add a system of `by`'s agency with a post of its own. Refused `system_name_taken`. Gives its id."""
    require(permissions.why_not_tend_systems(by=by))
    system = uuid4()
    if not _asks_gate("add_record_system(%s, %s)", system, name):
        raise Refused(SYSTEM_NAME_TAKEN)
    return system


@transaction.atomic
def issue_key(*, system: RecordSystem, until: datetime.date, by: Post) -> str:
    """A new key that opens until the end of this day (Europe/London). It is given here once and kept nowhere.

    Refused `two_keys_live` while two open already.
    """
    require(permissions.why_not_tend_systems(by=by))
    key, secret = uuid4(), secrets.token_urlsafe(32)
    digest = system_keys.digest(secret)
    if not _asks_gate("issue_system_key(%s, %s, %s, %s)", system.pk, key, digest, until):
        raise Refused(TWO_KEYS_LIVE)
    return system_keys.written(key, secret)


@transaction.atomic
def revoke_key(*, key: SystemKey, by: Post) -> None:
    """The key opens nothing from the next request on. Revoking twice changes nothing."""
    require(permissions.why_not_tend_systems(by=by))
    if not _asks_gate("revoke_system_key(%s)", key.pk):
        raise Refused(not_yours())


@transaction.atomic
def end_record_system(*, system: RecordSystem, by: Post) -> None:
    """End a system with its keys and its post. What it sent stays."""
    require(permissions.why_not_tend_systems(by=by))
    if not _asks_gate("end_record_system(%s)", system.pk):
        raise Refused(not_yours())
