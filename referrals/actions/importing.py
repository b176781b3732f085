"""Filing old reports from a file, some thousand in one transaction, each table in one statement (decision 0075).

Run in maintenance. An imported report is a sent one with everything that hangs on it, but no contact: it enters no
queue, starts no clock and tells nobody. Where a run stands moves in the transaction of the rows it counts, so a run
that is killed goes on where it stopped, and every line is filed once.
"""

import datetime
import io
from collections.abc import Iterable, Sequence
from functools import cache
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4, uuid5

from django.db import connection, transaction
from psycopg2.extras import Json

from referrals.actions.reporting import BASIS
from referrals.models import ImportReject, Report, ReportImport
from referrals.rules.headings import HEADINGS
from referrals.rules.importing import OldReport, Rejected
from referrals.rules.report import happened_on, is_under_five, name_parts
from referrals.vocabulary import TOLD_AS_CODES
from sharing_agreements.actions.recording import record_sending
from sharing_agreements.models import Agency, Post
from sharing_agreements.vocabulary import Kind, Precision
from sharing_agreements.working_time import LONDON

_SQL = Path(__file__).resolve().parent.parent / "sql" / "importing"
_SHARED = (
    "owner_id, owner_no, author_id, author_no, sent_to_id, sent_to_no, hidden_from, version, stage, involved, workers, "
    "facts_until, restricted"
)
_VALUES = (
    "%(owner)s, %(owner_no)s, %(author)s, %(author_no)s, %(hub)s, %(hub_no)s, '{}'::smallint[], 1, 0, "
    "'{}'::smallint[], '{}'::integer[], '9999-12-31'::date, 0"
)
"""What sharing_agreements' stamp would write for people nobody has met: no stage, nobody involved, nothing closed."""


_HOLDERS = """
set local role eh_gate;
insert into gate.holder values (%(owner_no)s), (%(hub_no)s) on conflict do nothing;
set local role eh_owner
"""
"""That both agencies hold something, which is the stamp's to note too."""


class Overtaken(Exception):
    """Another process has gone on with this run meanwhile."""


@cache
def _statements() -> tuple[str, str]:
    kinds = {
        name: f"{int(kind)}, (%(owner_no)s * 32 + {int(kind)}) * 16"
        for name, kind in (("identity", Kind.IDENTITY), ("address", Kind.ADDRESS), ("concern", Kind.CONCERN))
    }
    file = (_SQL / "file.sql").read_text(encoding="utf-8")
    return (_SQL / "tables.sql").read_text(encoding="utf-8"), file.format(shared=_SHARED, values=_VALUES, **kinds)


@transaction.atomic
def file_batch(
    *,
    run: ReportImport,
    reports: Sequence[OldReport],
    rejected: Iterable[Rejected],
    done: int,
    hub: Agency,
    by: Post,
    now: datetime.datetime,
) -> None:
    """File these reports as `by`'s, note the rejected lines, and move the run from where it stands to `done` records.

    A report that is here already is counted and left alone. Raises Overtaken, with nothing kept, when the run no
    longer stands where this process left it.
    """
    held = ReportImport.objects.select_for_update().get(pk=run.pk)
    if held.done != run.done:
        raise Overtaken
    refused = [ImportReject(run_id=run.pk, line=one.line, reason=one.reason[:200]) for one in rejected]
    ImportReject.objects.bulk_create(refused)
    fresh = _fresh(reports, run.system_id)
    if fresh:
        filed = _file(fresh, hub=hub, by=by, now=now)
        record_sending(what="old reports imported for hub", by=by, record_ids=filed, basis=BASIS, at=now)
    run.done = done
    run.accepted += len(fresh)
    run.here_already += len(reports) - len(fresh)
    run.rejected += len(refused)
    run.save(update_fields=["done", "accepted", "here_already", "rejected"])


def _fresh(reports: Sequence[OldReport], system: UUID) -> dict[UUID, OldReport]:
    """Those not here yet, by what stands for their draft; of two with one reference the first."""
    wanted: dict[UUID, OldReport] = {}
    for report in reports:
        wanted.setdefault(uuid5(system, report.reference), report)
    here = set(Report.objects.filter(draft__in=list(wanted)).values_list("draft", flat=True))
    return {draft: report for draft, report in wanted.items() if draft not in here}


def _file(fresh: dict[UUID, OldReport], *, hub: Agency, by: Post, now: datetime.datetime) -> list[UUID]:
    tables, file = _statements()
    rows, children = [], []
    for draft, report in fresh.items():
        row, its_children = _rows(draft, report)
        rows.append(row)
        children += its_children
    given: dict[str, Any] = {"owner": by.agency_id, "owner_no": by.agency.no, "author": by.practitioner_id}
    given |= {"author_no": by.practitioner.no, "hub": hub.pk, "hub_no": hub.no, "title": str(by)[:120]}
    given["headings"] = Json(HEADINGS)
    with connection.cursor() as cursor:
        cursor.execute(_HOLDERS, given)
        cursor.execute("set local gin_pending_list_limit = '64MB'; set local earlyhelp.brings_facts = 'on'")
        cursor.execute(tables)
        _copy(cursor, "incoming", rows)
        _copy(cursor, "incoming_child", children)
        cursor.execute(file, given)
        cursor.execute("set local earlyhelp.brings_facts = 'off'")
        cursor.execute("drop table incoming, incoming_child")
    return [row[0] for row in rows]


def _rows(draft: UUID, report: OldReport) -> tuple[tuple[Any, ...], list[tuple[Any, ...]]]:
    """The report and its children as the temporary tables hold them."""
    key, sent_on = uuid4(), report.sent_at.astimezone(LONDON).date()
    people = [uuid4() for _ in report.children]
    knows, agreed, safe = TOLD_AS_CODES[report.told]
    row = (
        *(key, draft, report.sent_at, happened_on(report.happened, sent_on), report.happened.precision),
        *(report.happened_at, report.now_at, report.concern, f"Concern report: {report.concern.label.lower()}"),
        *(report.urgency, report.danger, knows, agreed, safe, report.account, report.writer, report.school),
        *(report.police_reference, report.home_line, report.home_postcode, len(people)),
        any(is_under_five(child.born, sent_on) for child in report.children),
        sorted(people),
    )
    children = []
    for place, (child, person) in enumerate(zip(report.children, people, strict=True)):
        given, family = name_parts(child.name)
        born = (child.born.date, child.born.precision, child.born.precision == Precision.DUE)
        children.append((key, person, place, given[:80], family[:80], *born))
    return row, children


def _copy(cursor: Any, table: str, rows: Iterable[tuple[Any, ...]]) -> None:
    text = "".join("\t".join(map(_written, row)) + "\n" for row in rows)
    cursor.copy_expert(f"copy {table} from stdin", io.StringIO(text))


_ESCAPED = str.maketrans({"\\": "\\\\", "\t": "\\t", "\n": "\\n", "\r": "\\r"})


def _written(value: Any) -> str:
    """A value as COPY reads it."""
    if value is None:
        return "\\N"
    if isinstance(value, list):
        return f"{{{','.join(map(str, value))}}}"
    return str(value).translate(_ESCAPED)
