"""Import an agency's old reports from a CSV or JSON-lines file (docs/importing.md). They enter no queue."""

import csv
import getpass
import hashlib
import json
import time
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import connection, transaction
from django.utils import timezone

from earlyhelp.importing.lines import Record, columns_of, records_of
from earlyhelp.importing.mapping import Reading, Unfit, reading_of
from referrals.actions.importing import Overtaken, file_batch
from referrals.models import ImportMapping, ReportImport
from referrals.queries.reporting import hub_for
from referrals.rules.importing import OldReport, Rejected
from sharing_agreements.models import RecordSystem


class Command(BaseCommand):
    """Run as eh_migrator. Killed or stopped, the same command goes on where it was; done, it changes nothing more."""

    help = __doc__

    def add_arguments(self, parser: CommandParser) -> None:
        """The file, whose it is, how to read it."""
        parser.add_argument("file", type=Path)
        parser.add_argument("--agency", required=True, help="name of the agency whose reports these are")
        parser.add_argument("--system", required=True, help="its record system they come from, as added on the screen")
        parser.add_argument("--mapping", type=Path, help="which column says what; kept, so needed once")
        parser.add_argument("--dry-run", action="store_true", help="read and check everything, keep nothing")
        parser.add_argument("--batch", type=int, default=2000, help="records in one transaction")

    def handle(self, *args: Any, file: Path, agency: str, system: str, dry_run: bool, batch: int, **more: Any) -> None:
        """Raises CommandError, with nothing kept, when the file, the mapping or the names are wrong."""
        _become_maintenance()
        whose = _system(agency, system)
        mapping = _mapping(whose, more["mapping"])
        reading = _reading(mapping, file)
        if dry_run:
            self.stdout.write(f"Nothing is kept, as asked. {self._try(file, reading)}")
            return
        _keep_mapping(whose, mapping)
        run = _run(whose, file, mapping)
        if run.ended_at is None:
            self._import(run, file, reading, batch)
        with _maintenance():
            rejects = list(run.rejects.values_list("line", "reason"))
        self.stdout.write(f"{run.accepted} accepted, {run.here_already} here already, {run.rejected} rejected.")
        self._say_rejects(file, rejects)

    def _try(self, file: Path, reading: Reading) -> str:
        fit, rejected = 0, []
        for one in map(_Judge(reading), records_of(file)):
            if isinstance(one, Rejected):
                rejected.append((one.line, one.reason))
            else:
                fit += 1
        self._say_rejects(file, rejected)
        return f"{fit} would be accepted, {len(rejected)} rejected."

    def _say_rejects(self, file: Path, rejects: list[tuple[int, str]]) -> None:
        path = file.with_name(f"{file.name}.rejects.csv")
        if not rejects:
            path.unlink(missing_ok=True)
            return
        with path.open("w", encoding="utf-8", newline="") as out:
            csv.writer(out).writerows([("line", "reason"), *sorted(rejects)])
        self.stdout.write(f"The rejected lines are in {path}.")

    def _import(self, run: ReportImport, file: Path, reading: Reading, batch: int) -> None:
        by, now = run.system.post, timezone.now()
        hub = hub_for(by.agency)
        if hub is None:
            raise CommandError(f"No hub serves {by.agency.district}. Nothing was imported.")
        began, before = time.monotonic(), run.done
        if before:
            self.stdout.write(f"Going on after {before} records.")
        for judged in _batches(map(_Judge(reading), islice(records_of(file), before, None)), batch):
            reports = [one for one in judged if isinstance(one, OldReport)]
            rejected = [one for one in judged if isinstance(one, Rejected)]
            done = run.done + len(judged)
            try:
                with _maintenance():
                    file_batch(run=run, reports=reports, rejected=rejected, done=done, hub=hub, by=by, now=now)
            except Overtaken:
                raise CommandError("This file is being imported by another process.") from None
            rate = (run.done - before) / (time.monotonic() - began)
            self.stdout.write(f"{run.done} records, {run.rejected} rejected, {rate:.0f} a second")
        with _maintenance():
            run.ended_at = timezone.now()
            run.save(update_fields=["ended_at"])


class _Judge:
    """A record as the report it is, or as rejected with its reason."""

    def __init__(self, reading: Reading) -> None:
        self.reading, self.now = reading, timezone.now()

    def __call__(self, record: Record) -> OldReport | Rejected:
        if record.wrong:
            return Rejected(record.line, record.wrong)
        try:
            return self.reading.report(record.values, self.now)
        except Unfit as unfit:
            return Rejected(record.line, str(unfit))


def _batches(judged: Iterator[OldReport | Rejected], size: int) -> Iterator[list[OldReport | Rejected]]:
    while batch := list(islice(judged, size)):
        yield batch


class _maintenance(transaction.Atomic):
    """A transaction in maintenance."""

    def __init__(self) -> None:
        super().__init__(using=None, savepoint=True, durable=False)

    def __enter__(self) -> None:
        super().__enter__()
        with connection.cursor() as cursor:
            cursor.execute("set local earlyhelp.maintenance = 'on'")


def _become_maintenance() -> None:
    with connection.cursor() as cursor:
        cursor.execute("select current_setting('role')")
        if cursor.fetchone()[0] != "eh_owner":
            raise CommandError("Nothing was imported: run this with the migrator's login in DATABASE_URL.")


def _system(agency: str, system: str) -> RecordSystem:
    with _maintenance():
        found = RecordSystem.objects.filter(agency__name=agency, name=system, ended_at=None)
        one = found.select_related("agency", "post__agency", "post__practitioner").first()
    if one is None:
        raise CommandError(f"{agency} has no record system {system}. Its administrator adds it on the screen.")
    return one


def _mapping(system: RecordSystem, path: Path | None) -> Any:
    if path is None:
        with _maintenance():
            kept = ImportMapping.objects.filter(agency=system.agency).first()
        if kept is None:
            raise CommandError("No mapping is kept for this agency yet: name its file with --mapping.")
        return kept.mapping
    try:
        return json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise CommandError(f"{path} cannot be read as JSON: {error}") from error


def _reading(mapping: Any, file: Path) -> Reading:
    reading, wrong = reading_of(mapping)
    try:
        columns = columns_of(file)
        if columns is not None and reading is not None:
            wrong = [f"the file has no column {name}" for name in sorted(reading.columns - set(columns))]
        for _ in records_of(file):  # a file that is not UTF-8 is refused whole, before anything is kept
            pass
    except (OSError, UnicodeDecodeError) as error:
        raise CommandError(f"{file} cannot be read: {type(error).__name__}") from error
    if reading is None or wrong:
        raise CommandError("\n".join(["Nothing was imported. In the mapping:", *wrong]))
    return reading


def _keep_mapping(system: RecordSystem, mapping: Any) -> None:
    with _maintenance():
        kept = {"mapping": mapping, "saved_at": timezone.now()}
        ImportMapping.objects.update_or_create(agency=system.agency, defaults=kept)


def _login() -> str:
    """Who runs this on the server; empty when the server has no name for them, as in some containers."""
    try:
        return getpass.getuser()[:80]
    except (KeyError, OSError):
        return ""


def _run(system: RecordSystem, file: Path, mapping: Any) -> ReportImport:
    """The run of this file under this mapping: the one that was begun, or a new one."""
    digest = hashlib.sha256(json.dumps(mapping, sort_keys=True).encode())
    with file.open("rb") as read:
        for part in iter(lambda: read.read(1 << 20), b""):
            digest.update(part)
    begun = {"file_name": file.name[:200], "mapping": mapping, "started_at": timezone.now(), "run_by": _login()}
    with _maintenance():
        run, _ = ReportImport.objects.get_or_create(system=system, digest=digest.hexdigest(), defaults=begun)
    run.system = system
    return run
