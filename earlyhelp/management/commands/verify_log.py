"""Check the disclosure log against its seals, in the database or in an agency's own extract."""

from argparse import ArgumentParser
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from sharing_agreements.queries.log import disagreements, last_seal
from sharing_agreements.rules import log_extract


class Command(BaseCommand):
    """One line for each thing that does not agree; exit status 1 when there is any (decision 0058).

    Without options it reads the database and runs as eh_migrator. With an extract it needs no database.
    """

    help = __doc__
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        """`--kept`: an older extract of the same log, whose seals must all still be there."""
        parser.add_argument("--extract", type=Path)
        parser.add_argument("--kept", type=Path)

    def handle(self, *args: Any, **options: Any) -> None:
        """Prints each finding, or what was checked and the newest digest."""
        if options["kept"] and not options["extract"]:
            raise CommandError("--kept compares with --extract.")
        try:
            found, checked = _file(options["extract"], options["kept"]) if options["extract"] else _database()
        except (OSError, UnicodeDecodeError) as error:
            raise CommandError(f"Cannot read the extract: {error}.") from None
        for finding in found:
            self.stdout.write(finding)
        if found:
            raise CommandError(f"{len(found)} findings: the log is not as it was sealed.", returncode=1)
        self.stdout.write(checked)


def _database() -> tuple[list[str], str]:
    found = [
        ", ".join(part for part in (what, f"seal {seal}" if seal else "", f"row {row}" if row else "") if part)
        for what, seal, row in disagreements()
    ]
    number, rows, digest = last_seal()
    return found, f"{rows} rows under {number} seals are as they were sealed. Newest digest: {digest or 'none'}"


def _file(path: Path, kept: Path | None) -> tuple[list[str], str]:
    found = list(log_extract.findings(_lines(path)))
    seals = log_extract.seals(_lines(path))
    older = log_extract.seals(_lines(kept)) if kept else {}
    found += [f"seal {n}: not the one in {kept}" for n, digest in older.items() if seals.get(n) != digest]
    if not seals:
        found.append("no seal in it")
    rows, newest = log_extract.own_rows(_lines(path)), seals[max(seals)] if seals else ""
    return found, f"{rows} own rows under {len(seals)} seals are as they were sealed. Newest digest: {newest}"


def _lines(path: Path) -> Iterator[str]:
    with path.open(encoding="utf-8") as file:
        yield from file
