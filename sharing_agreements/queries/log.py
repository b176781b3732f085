"""The disclosure log in maintenance: what of it does not agree with its seals, and one agency's extract."""

import datetime
from collections.abc import Iterator
from typing import Any
from uuid import UUID

from django.db import connection

from sharing_agreements.models import Agency, Seal
from sharing_agreements.rules.log_extract import line, whole

FETCHED_AT_ONCE = 2_000


def disagreements() -> list[tuple[str, int | None, UUID | None]]:
    """Everything that does not agree: what, under which seal, which row. Should be empty. In maintenance only."""
    with connection.cursor() as cursor:
        cursor.execute("select finding, seal, row_id from gate.check_log()")
        found: list[tuple[str, int | None, UUID | None]] = cursor.fetchall()
    return found


def last_seal() -> tuple[int, int, str]:
    """Number of the newest seal, rows sealed in all, and its digest: what to publish outside this database."""
    newest = Seal.objects.order_by("-number").first()
    with connection.cursor() as cursor:
        cursor.execute("select coalesce(sum(count), 0) from sharing_agreements_seal")
        total = int(cursor.fetchone()[0])
    return (newest.number, total, bytes(newest.digest).hex()) if newest else (0, 0, "")


def extract(agency: Agency, *, now: datetime.datetime) -> Iterator[str]:
    """The lines of an agency's extract: every seal, its own rows as sealed, of all others the digest alone.

    A row holds random ids, so nobody can guess one from its digest. Rows not sealed yet are not in it. The last line
    closes it: how many lines and own rows, and the digest of all of them.
    """
    yield from whole(_lines_of(agency, now))


def _lines_of(agency: Agency, now: datetime.datetime) -> Iterator[str]:
    yield line(
        extract="Early Help disclosure log", agency=agency.name, agency_id=str(agency.pk), made_at=now.isoformat()
    )
    for seal in Seal.objects.order_by("number"):
        yield line(
            seal=seal.number,
            count=seal.count,
            settled=seal.settled,
            sealed_at=seal.sealed_at.astimezone(datetime.UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ"),
            previous=bytes(seal.previous).hex(),
            digest=bytes(seal.digest).hex(),
        )
        for digest, text in _rows(seal.number, agency):
            yield line(digest=digest, row=text) if text else line(digest=digest)


def _rows(seal: int, agency: Agency) -> Iterator[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(
            "select encode(s.digest, 'hex'), case when d.id is not null then gate.log_text(d) end "
            "from sharing_agreements_sealedrow s "
            "left join sharing_agreements_disclosure d on d.id = s.row_id and d.agency_id = %s "
            "where s.seal = %s order by s.position",
            [agency.pk, seal],
        )
        while rows := cursor.fetchmany(FETCHED_AT_ONCE):
            yield from rows
