"""Keeping the services directory: bringing in a file, checking an entry, and the nightly look for what is stale."""

import datetime
from dataclasses import dataclass, fields
from typing import Any

from django.db import connection, transaction

from cases import permissions
from cases.actions.recording import day_of
from cases.models import Service, UncheckedService
from cases.queries.directory import held, words_of_needs
from cases.rules.directory import GONE, Entry, headings_of, stale_before
from sharing_agreements.models import Post
from sharing_agreements.refusals import require

JOB = "check_directory"
TAKEN = [one.name for one in fields(Entry) if one.name not in {"their_id", "assured_date"}]
CHANGED = [*TAKEN, "assured_date", "headings", "keeps_list", "imported_at", "version"]


@dataclass(frozen=True)
class BroughtIn:
    """What an import did."""

    added: int
    changed: int
    same: int


@transaction.atomic
def import_services(*, entries: list[Entry], by: Post | None, now: datetime.datetime) -> BroughtIn:
    """Bring services in: new ones are added, others take the file's words; the same file twice changes nothing.

    A later check of ours stays, and so do headings that a keeper said. That a list is kept while the door is closed is
    forgotten when the file moves the door. `by` is None in maintenance (the command);
    anybody else must keep the directory.
    """
    require(permissions.why_not_keep_directory(by=by) if by else None)
    here = held(entries)
    fresh = [_new(one, now) for one in entries if one.their_id not in here]
    Service.objects.bulk_create(fresh)
    changed = [row for one in entries if (row := here.get(one.their_id)) and _take(row, one, now)]
    Service.objects.bulk_update(changed, CHANGED)
    return BroughtIn(len(fresh), len(changed), len(entries) - len(fresh) - len(changed))


def _new(one: Entry, now: datetime.datetime) -> Service:
    said: dict[str, Any] = {name: _plain(getattr(one, name)) for name in TAKEN}
    headings = headings_of(one, words_of_needs())
    return Service(their_id=one.their_id, assured_date=one.assured_date, headings=headings, imported_at=now, **said)


def _take(row: Service, one: Entry, now: datetime.datetime) -> bool:
    """Let a service say what the file says. Whether anything is different."""
    said: dict[str, Any] = {name: _plain(getattr(one, name)) for name in TAKEN}
    if one.assured_date and (row.assured_date is None or one.assured_date > row.assured_date):
        said["assured_date"] = one.assured_date
    if one.status != row.status:
        said["keeps_list"] = False
    if not row.headings_are_ours:
        said["headings"] = headings_of(one, words_of_needs())
    if all(getattr(row, name) == value for name, value in said.items()):
        return False
    for name, value in {**said, "imported_at": now, "version": row.version + 1}.items():
        setattr(row, name, value)
    return True


def _plain(value: Any) -> Any:
    return list(value) if isinstance(value, tuple) else value


@transaction.atomic
def check_service(
    *,
    service: Service,
    headings: list[str],
    version: int,
    by: Post,
    now: datetime.datetime,
    keeps_list: bool = False,
) -> bool:
    """Say that an entry holds as of today, which needs it meets, and whether it keeps a list while it is closed.
    False when somebody changed it meanwhile."""
    require(permissions.why_not_keep_directory(by=by))
    are_ours = service.headings_are_ours or sorted(headings) != sorted(service.headings)
    saved = Service.objects.filter(pk=service.pk, version=version).update(
        assured_date=day_of(now),
        headings=headings,
        headings_are_ours=are_ours,
        keeps_list=keeps_list,
        version=version + 1,
    )
    if saved:
        UncheckedService.objects.filter(service=service, cleared_at__isnull=True).update(cleared_at=now)
    return saved == 1


def look_for_stale(*, as_of: datetime.date, now: datetime.datetime) -> int:
    """Bring the keepers' tasks to what is true on `as_of`: a task per open entry that nobody checked for six months,
    none for the others. Twice changes nothing. Gives how many were raised."""
    values: dict[str, Any] = {"before": stale_before(as_of), "as_of": as_of, "now": now, "gone": list(GONE)}
    with connection.cursor() as cursor:
        cursor.execute(_CLEAR, values)
        cursor.execute(_RAISE, values)
        return int(cursor.rowcount)


_STALE = "(s.assured_date is null or s.assured_date <= %(before)s) and s.status <> all(%(gone)s)"
_CLEAR = f"""
update cases_uncheckedservice u set cleared_at = %(now)s
  from cases_service s where s.id = u.service_id and u.cleared_at is null and not ({_STALE})
"""  # noqa: S608  our own words
_RAISE = f"""
insert into cases_uncheckedservice (id, service_id, raised_on)
select gen_random_uuid(), s.id, %(as_of)s from cases_service s
 where {_STALE} and not exists (
       select from cases_uncheckedservice u where u.service_id = s.id and u.cleared_at is null)
"""  # noqa: S608
