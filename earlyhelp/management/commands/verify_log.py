"""Check the disclosure log against its seals, in the database or in an agency's own extract."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from sharing_agreements.queries.log import disagreements, last_seal
from sharing_agreements.rules import log_extract


class Command(BaseCommand):
    """One line for each thing that does not agree; exit status 1 when there is any (decision 0058).

    Without options it reads the database and runs as eh_migrator. With an extract it needs no database; an
    agency that has no Early Help of its own runs bin/verify-log.
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
            found, checked = (
                log_extract.check(options["extract"], options["kept"]) if options["extract"] else _database()
            )
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
